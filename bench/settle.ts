import { setImmediate as tick } from 'node:timers/promises';
import type { Plan } from './plan.js';
import type { Sdk } from './telemetry.js';
import type { Variant } from './variants.js';

const GIVE_UP_MILLIS = 5000;

/** Spans of a call: one on each side. */
const SPANS_PER_CALL = 2;

export interface Counts {
  readonly started: number;
  readonly exported: number;
}

export function counts(sdk: Sdk | undefined): Counts {
  return { started: sdk?.sampler.count ?? 0, exported: sdk?.exporter.count ?? 0 };
}

/**
 * Waits until the spans of these calls are exported: a server's span may end after its client has the answer, and what is
 * left in the batch processor would be paid by the variant that runs next.
 *
 * @throws where the variant made other spans than two per call, so that one that is not active cannot look cheap.
 */
export async function settle(
  { name, traced }: Variant,
  { sampling }: Pick<Plan, 'sampling'>,
  calls: number,
  sdk: Sdk | undefined,
  before: Counts,
): Promise<void> {
  const expected = traced && sdk !== undefined ? calls * SPANS_PER_CALL : 0;
  const exported = sampling === 'sampled' ? expected : 0;
  const giveUpAt = performance.now() + GIVE_UP_MILLIS;
  for (;;) {
    await tick();
    await sdk?.flush();
    const now = counts(sdk);
    const startedNow = now.started - before.started;
    const exportedNow = now.exported - before.exported;
    if (startedNow === expected && exportedNow === exported) return;
    if (startedNow > expected || exportedNow > exported || performance.now() > giveUpAt) {
      const made = `started ${startedNow} spans and exported ${exportedNow}`;
      throw new Error(`${name}, ${sampling}: ${calls} calls ${made}, not ${expected} and ${exported}`);
    }
  }
}
