/** By linear interpolation between the two nearest values. */
export function quantile(values: ArrayLike<number>, q: number): number {
  const sorted = new Float64Array(values).sort();
  const at = (sorted.length - 1) * q;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  // Between two of them that are infinite there is nothing.
  return low === high ? low : low + (high - low) * (at - Math.floor(at));
}

export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

export function shuffled<T>(items: readonly T[]): T[] {
  const order = items.map((item) => ({ item, key: Math.random() }));
  return order.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

/** A figure, and where it lies with 95 % confidence. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 2000;

/**
 * What the rounds say, and by the bootstrap how sure that is: the figure again and again, each time of as many rounds drawn
 * with replacement. A round is drawn whole, so that what was measured in it stays together. The same rounds always give the
 * same interval. Undefined for no rounds.
 */
export function estimate<Round>(
  rounds: readonly Round[],
  figure: (rounds: readonly Round[]) => number,
): Estimate | undefined {
  if (rounds.length === 0) return undefined;
  const random = randomNumbers();
  const figures = Array.from({ length: RESAMPLES }, () => figure(rounds.map(() => draw(rounds, random))));
  return { value: figure(rounds), low: quantile(figures, 0.025), high: quantile(figures, 0.975) };
}

function draw<Round>(rounds: readonly Round[], random: () => number): Round {
  // The index is in the list.
  return rounds[Math.floor(random() * rounds.length)] as Round;
}

/** Mulberry32, always from the same seed: from 0 to below 1. */
function randomNumbers(): () => number {
  let state = 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
