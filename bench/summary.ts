import type { Measurement, Samples } from './document.js';
import { difference, ratio } from './figures.js';
import type { Estimate } from './statistics.js';
import { BY_HAND_OF, type VariantName } from './variant-names.js';

/** What is known of one contestant. Times in µs of CPU per call, of the whole process; undefined what was not measured. */
export interface Summary {
  readonly name: string;
  readonly cpu: Estimate | undefined;
  readonly overBare: Estimate | undefined;
  /** Over `spans alone`: what the way of tracing takes, without what the SDK takes for the spans. */
  readonly own: Estimate | undefined;
  /** What it adds to bare, as a share of what the other one adds. */
  readonly toByHand: Estimate | undefined;
  readonly toAuto: Estimate | undefined;
  /** Its own as a share of auto's own. */
  readonly ownToAuto: Estimate | undefined;
  readonly bytesOverBare: Estimate | undefined;
  readonly bytesToByHand: Estimate | undefined;
}

/** What tracing with both signals adds to tracing with one, less what the SDK takes for the records. */
export const METRICS_BEYOND_RECORDS = { 'ours + metrics': 1, ours: -1, 'records alone': -1, bare: 1 };

/** Those that trace both sides: what the others add is no whole to compare. */
const WHOLE: readonly VariantName[] = ['by hand', 'ours', 'ours + metrics', 'auto'];

export function summaryOf(measurement: Measurement, { name, variant }: Pick<Samples, 'name' | 'variant'>): Summary {
  const over = (base: VariantName): Readonly<Record<string, number>> => ({ [name]: 1, [base]: -1 });
  const byHand = BY_HAND_OF[variant];
  const isWhole = WHOLE.includes(variant);
  const isAuto = variant === 'auto';
  const byHandOver = byHand && { [byHand]: 1, bare: -1 };
  return {
    name,
    cpu: difference(measurement, 'cpu', { [name]: 1 }),
    overBare: variant === 'bare' ? undefined : difference(measurement, 'cpu', over('bare')),
    own: isWhole ? difference(measurement, 'cpu', over('spans alone')) : undefined,
    toByHand: byHandOver && ratio(measurement, 'cpu', over('bare'), byHandOver),
    toAuto: isWhole && !isAuto ? ratio(measurement, 'cpu', over('bare'), { auto: 1, bare: -1 }) : undefined,
    ownToAuto:
      isWhole && !isAuto ? ratio(measurement, 'cpu', over('spans alone'), { auto: 1, 'spans alone': -1 }) : undefined,
    bytesOverBare: variant === 'bare' ? undefined : difference(measurement, 'bytes', over('bare')),
    bytesToByHand: byHandOver && ratio(measurement, 'bytes', over('bare'), byHandOver),
  };
}

/** A difference between contestants that is told by itself. */
export interface Told {
  readonly what: string;
  readonly micros: Estimate;
}

/** What metrics take beyond the SDK's own, and what this build takes beyond the other one. */
export function toldBeside(measurement: Measurement): readonly Told[] {
  const list = [
    { what: 'metrics beyond records alone', micros: difference(measurement, 'cpu', METRICS_BEYOND_RECORDS) },
    ...measurement.samples
      .filter(({ name, variant }) => name !== variant)
      .map(({ name, variant }) => ({
        what: `${variant} over ${name}`,
        micros: difference(measurement, 'cpu', { [variant]: 1, [name]: -1 }),
      })),
  ];
  return list.filter((told): told is Told => told.micros !== undefined);
}
