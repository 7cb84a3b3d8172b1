import { SAMPLINGS, type Sampling } from '../sampling.js';
import type { Result } from '../summary.js';
import type { VariantName } from '../variant-names.js';

/** Over bare in µs, for one variant, sampling and Node. */
export interface Bar {
  readonly variant: VariantName;
  readonly micros: number;
}

export interface BarGroup {
  readonly node: string;
  readonly sampling: Sampling;
  readonly bars: readonly Bar[];
}

/** Those that are told over the same bare call. */
export const PLOTTED: readonly VariantName[] = ['spans alone', 'by hand', 'ours', 'auto'];

/** Of unary calls with 32 in flight, by Node, then sampling. */
export function barGroups(results: readonly Result[]): readonly BarGroup[] {
  return results
    .filter(({ load, inFlight }) => load === 'unary' && inFlight === 32)
    .toSorted((a, b) => Number.parseInt(a.node) - Number.parseInt(b.node) || rank(a) - rank(b))
    .map(({ node, sampling, figures }) => ({
      node,
      sampling,
      bars: PLOTTED.flatMap((variant) => {
        const summary = figures.find(({ name }) => name === variant);
        return summary === undefined ? [] : [{ variant, micros: summary.overMicros.median }];
      }),
    }));
}

function rank({ sampling }: Result): number {
  return SAMPLINGS.indexOf(sampling);
}
