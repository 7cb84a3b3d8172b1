import { PerformanceObserver } from 'node:perf_hooks';
import { setImmediate as tick } from 'node:timers/promises';
import { messagesOf } from '../load.js';
import { median } from '../statistics.js';
import { makeCalls, type Subject } from './subject.js';
import { warmUp } from './warm-up.js';

const MESSAGES_PER_SAMPLE = 200;
const SAMPLES = 7;

/**
 * Heap growth per call, over calls that no collection interrupts; null where one always did. Wants a young generation that
 * is large from the start: V8 begins with 1 MB, whatever the largest size is, and each collection on its way takes away
 * what is to be counted.
 */
export async function bytesPerCall(subject: Subject): Promise<number | null> {
  const messages = messagesOf(subject.task.load);
  const calls = Math.max(1, Math.min(subject.task.calls, Math.floor(MESSAGES_PER_SAMPLE / messages)));
  // Until the compiler has had its say: what it does not let escape is not allocated.
  await warmUp(subject, calls);
  const samples: number[] = [];
  for (let i = 0; i < SAMPLES; i++) {
    const bytes = await grown(subject, calls);
    if (bytes !== undefined) samples.push(bytes / calls);
  }
  return samples.length === 0 ? null : median(samples);
}

/** Undefined where there was a collection. */
async function grown(subject: Subject, calls: number): Promise<number | undefined> {
  globalThis.gc?.();
  await tick();
  const collections = new Collections();
  const before = process.memoryUsage().heapUsed;
  await makeCalls(subject, calls);
  const bytes = process.memoryUsage().heapUsed - before;
  return (await collections.end()) === 0 ? bytes : undefined;
}

class Collections {
  private count = 0;
  private readonly observer = new PerformanceObserver((list) => (this.count += list.getEntries().length));

  constructor() {
    this.observer.observe({ entryTypes: ['gc'] });
  }

  /** Node tells of them a turn of the event loop later. */
  async end(): Promise<number> {
    await tick();
    await tick();
    this.observer.disconnect();
    return this.count;
  }
}
