import { PerformanceObserver } from 'node:perf_hooks';
import { setImmediate as tick } from 'node:timers/promises';
import { messagesOf, runLoad } from './load.js';
import type { Contestant } from './measure.js';
import type { Allocation, Plan } from './plan.js';
import { counts, settle } from './settle.js';
import { median, shuffled } from './statistics.js';
import type { Sdk } from './telemetry.js';

/** Until the compiler has had its say: what it does not let escape is not allocated. */
const WARM_UP_MESSAGES = 5000;
const MESSAGES_PER_SAMPLE = 200;
const SAMPLES = 7;

/**
 * Heap growth over calls that no collection interrupts. Wants `--expose-gc` and a young generation that is large from the
 * start: V8 begins with 1 MB, whatever the largest size is, and each collection on its way takes away what is to be counted.
 */
export async function allocations(
  contestants: readonly Contestant[],
  plan: Plan,
  sdk: Sdk | undefined,
): Promise<readonly Allocation[]> {
  const messages = messagesOf(plan.load);
  const calls = Math.max(1, Math.min(plan.callsPerRound, Math.floor(MESSAGES_PER_SAMPLE / messages)));
  const all = contestants.map((contestant) => ({ contestant, samples: [] as number[] }));
  // In turn: what runs first would be counted before the compiler has seen the code that all share.
  for (let done = 0; done < WARM_UP_MESSAGES; done += calls * messages) {
    for (const { contestant } of shuffled(all)) await run(contestant, plan, calls, sdk);
  }
  for (let i = 0; i < SAMPLES; i++) {
    for (const { contestant, samples } of shuffled(all)) {
      const bytes = await grown(contestant, plan, calls, sdk);
      if (bytes !== undefined) samples.push(bytes);
    }
  }
  return all.map(({ contestant, samples }) => {
    return { name: contestant.variant.name, bytesPerCall: samples.length === 0 ? undefined : median(samples) };
  });
}

async function run({ variant, world }: Contestant, plan: Plan, calls: number, sdk: Sdk | undefined): Promise<void> {
  const spansBefore = counts(sdk);
  await runLoad(world.caller, plan.load, calls, plan.inFlight);
  await settle(variant, plan, calls, sdk, spansBefore);
}

/** Bytes per call; undefined where there was a collection. */
async function grown(
  contestant: Contestant,
  plan: Plan,
  calls: number,
  sdk: Sdk | undefined,
): Promise<number | undefined> {
  globalThis.gc?.();
  await tick();
  const collections = new Collections();
  const before = process.memoryUsage().heapUsed;
  await run(contestant, plan, calls, sdk);
  const bytes = (process.memoryUsage().heapUsed - before) / calls;
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
