import { median } from '../statistics.js';
import { makeCalls, type Subject } from './subject.js';

/** Until then the compiler is at work. */
const WARM_UP_SLICES = 4;
const SLICES = 8;

/** CPU of this process per call, client and server, in µs: the median of the slices. */
export async function cpuPerCall(subject: Subject): Promise<number> {
  for (let i = 0; i < WARM_UP_SLICES; i++) await makeCalls(subject, subject.task.calls);
  const slices: number[] = [];
  for (let i = 0; i < SLICES; i++) slices.push(await slice(subject));
  return median(slices);
}

async function slice(subject: Subject): Promise<number> {
  const { calls } = subject.task;
  // A slice pays for its own garbage and for the export of its own spans: neither is left over from the one before, nor
  // for the next.
  globalThis.gc?.({ type: 'minor' });
  const before = process.cpuUsage();
  await makeCalls(subject, calls);
  globalThis.gc?.({ type: 'minor' });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}
