import type { Measurement, Samples } from './document.js';
import { estimate, median, type Estimate } from './statistics.js';

/** CPU in µs or bytes, of a call. */
export type Quantity = 'cpu' | 'bytes';

/** A sum of contestants, each with the weight that it has in it: `{ ours: 1, bare: -1 }`. */
export type Sum = Readonly<Record<string, number>>;

/**
 * The median of the sums of each round: what disturbs a round disturbs all that is measured in it. Undefined where one of
 * them was not measured.
 */
export function difference(measurement: Measurement, quantity: Quantity, sum: Sum): Estimate | undefined {
  return estimate(roundsOf(measurement, quantity, { sum }), (rounds) => median(rounds.map((round) => round.sum)));
}

/**
 * The ratio of two such medians. Of nothing or less every share is infinite: it is none that one may boast of. Undefined
 * where one of them was not measured.
 */
export function ratio(measurement: Measurement, quantity: Quantity, share: Sum, whole: Sum): Estimate | undefined {
  return estimate(roundsOf(measurement, quantity, { share, whole }), (rounds) => {
    const below = median(rounds.map((round) => round.whole));
    return below <= 0 ? Number.POSITIVE_INFINITY : median(rounds.map((round) => round.share)) / below;
  });
}

/** The sums of each round in which all that is in them was measured. */
function roundsOf<Name extends string>(
  { rounds, samples }: Measurement,
  quantity: Quantity,
  sums: Readonly<Record<Name, Sum>>,
): readonly Readonly<Record<Name, number>>[] {
  const all = Array.from({ length: rounds }, (_, round) => {
    const added = Object.entries<Sum>(sums).map(([name, sum]) => [name, sumOf(samples, quantity, round, sum)] as const);
    return added.every(([, value]) => value !== undefined) ? Object.fromEntries(added) : undefined;
  });
  // Each has all the names, and a number for each.
  return all.filter((round) => round !== undefined) as Readonly<Record<Name, number>>[];
}

function sumOf(samples: readonly Samples[], quantity: Quantity, round: number, sum: Sum): number | undefined {
  let total = 0;
  for (const [name, weight] of Object.entries(sum)) {
    const value = samples.find((one) => one.name === name)?.[quantity][round] ?? undefined;
    if (value === undefined) return undefined;
    total += weight * value;
  }
  return total;
}
