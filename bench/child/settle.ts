import { setImmediate as tick } from 'node:timers/promises';
import type { Task } from '../task.js';
import { SPANS_PER_CALL } from '../variant-names.js';
import type { Sdk } from './telemetry.js';

const GIVE_UP_MILLIS = 5000;

export interface Counts {
  readonly started: number;
  readonly exported: number;
}

export function counts(sdk: Sdk | undefined): Counts {
  return { started: sdk?.sampler.count ?? 0, exported: sdk?.exporter.count ?? 0 };
}

/**
 * Waits until the spans of these calls are exported: a server's span may end after its client has the answer, and what is
 * left in the batch processor would be paid by the next slice.
 *
 * @throws where the variant made more or fewer spans per call than it is to make, so that one that is not active cannot look cheap.
 */
export async function settle(
  { variant, sampling }: Pick<Task, 'variant' | 'sampling'>,
  calls: number,
  sdk: Sdk | undefined,
  before: Counts,
): Promise<void> {
  const expected = sdk === undefined ? 0 : calls * SPANS_PER_CALL[variant];
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
      throw new Error(`${variant}, ${sampling}: ${calls} calls ${made}, not ${expected} and ${exported}`);
    }
  }
}
