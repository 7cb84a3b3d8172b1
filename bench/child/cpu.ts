import { makeCalls, type Subject } from './subject.js';
import { warmUp } from './warm-up.js';

const SLICES = 8;

/**
 * CPU of this process per call, client and server, in µs: that of all slices, for a large collection comes every second or
 * third of them, and which one would be the median is chance.
 */
export async function cpuPerCall(subject: Subject): Promise<number> {
  const { calls } = subject.task;
  await warmUp(subject, calls);
  // What is measured pays for its own garbage: none is left over from before, and none is left behind.
  globalThis.gc?.({ type: 'minor' });
  const before = process.cpuUsage();
  for (let i = 0; i < SLICES; i++) await makeCalls(subject, calls);
  globalThis.gc?.({ type: 'minor' });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (SLICES * calls);
}
