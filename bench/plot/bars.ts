import type { Measurement } from '../document.js';
import { SAMPLINGS, type Sampling } from '../sampling.js';
import type { SdkMajor } from '../setting.js';
import type { Estimate } from '../statistics.js';
import { summaryOf } from '../summary.js';
import type { VariantName } from '../variant-names.js';

/** Over bare in µs. */
export interface Bar {
  readonly variant: VariantName;
  readonly micros: Estimate;
}

export interface BarGroup {
  readonly node: string;
  readonly sdk: SdkMajor;
  readonly sampling: Sampling;
  readonly rounds: number;
  readonly bars: readonly Bar[];
}

export const PLOTTED: readonly VariantName[] = ['spans alone', 'by hand', 'ours', 'auto'];

/** Of unary calls with 32 in flight, by Node, then SDK, then sampling. */
export function barGroups(measurements: readonly Measurement[]): readonly BarGroup[] {
  return measurements
    .filter(({ load, inFlight }) => load === 'unary' && inFlight === 32)
    .toSorted((a, b) => Number.parseInt(a.node) - Number.parseInt(b.node) || a.sdk - b.sdk || rank(a) - rank(b))
    .map((measurement) => ({
      node: measurement.node,
      sdk: measurement.sdk,
      sampling: measurement.sampling,
      rounds: measurement.rounds,
      bars: PLOTTED.flatMap((variant) => {
        const micros = summaryOf(measurement, { name: variant, variant }).overBare;
        return micros === undefined ? [] : [{ variant, micros }];
      }),
    }));
}

/** What the bars of a Node and an SDK stand below. Without an SDK, it is the one whose API is there. */
export function headOf({ node, sdk }: BarGroup): string {
  return `Node ${node}, SDK ${sdk}`;
}

function rank({ sampling }: Measurement): number {
  return SAMPLINGS.indexOf(sampling);
}
