import { setImmediate as tick } from 'node:timers/promises';
import { startTelemetry } from '../child/telemetry.js';
import type { Sampling } from '../sampling.js';
import { median, shuffled } from '../statistics.js';
import { clientCalls } from './client.js';
import type { CallKind } from './method.js';
import { serverCalls } from './server.js';

const ROUNDS = 40;
const WARM_UP_ROUNDS = 10;
const CALLS_PER_ROUND = 2000;

export interface CallFigures extends Omit<CallKind, 'once'> {
  readonly nanoseconds: number;
  readonly bytes: number;
}

async function run(sampling: Sampling): Promise<readonly CallFigures[]> {
  const telemetry = startTelemetry(sampling);
  const kinds = [...clientCalls(), ...serverCalls(sampling)].map((kind) => ({
    ...kind,
    times: [] as number[],
    sizes: [] as number[],
  }));
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    for (const { once, times, sizes } of shuffled(kinds)) {
      globalThis.gc?.({ type: 'minor' });
      const heapBefore = process.memoryUsage().heapUsed;
      const startedAt = process.hrtime.bigint();
      for (let i = 0; i < CALLS_PER_ROUND; i++) once();
      const nanoseconds = Number(process.hrtime.bigint() - startedAt);
      const bytes = process.memoryUsage().heapUsed - heapBefore;
      if (round >= 0) {
        times.push(nanoseconds / CALLS_PER_ROUND);
        sizes.push(bytes / CALLS_PER_ROUND);
      }
      // What the exporter does is no cost of the call.
      await telemetry.sdk?.flush();
      await tick();
    }
  }
  const spans = telemetry.sdk?.exporter.count ?? 0;
  const expected = sampling === 'sampled' ? kinds.length * (WARM_UP_ROUNDS + ROUNDS) * CALLS_PER_ROUND : 0;
  if (spans !== expected) throw new Error(`${sampling}: ${spans} spans, not ${expected}`);
  await telemetry.shutdown();
  return kinds.map(({ side, by, times, sizes }) => ({ side, by, nanoseconds: median(times), bytes: median(sizes) }));
}

process.once('message', (sampling) => {
  // The parent sends this and nothing else.
  run(sampling as Sampling).then(
    (figures) => process.send?.(figures, () => process.disconnect()),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
