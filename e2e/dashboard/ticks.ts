/** How many there are from 0 to the largest value, at most, beside 0. */
const STEPS = 3;

/** Round numbers from 0 on, the last of which is not below the largest value. */
export function ticks(largest: number): readonly number[] {
  if (largest <= 0) return [0, 1];
  const rough = largest / STEPS;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = magnitude * ([1, 2, 5].find((each) => each * magnitude >= rough) ?? 10);
  return Array.from({ length: Math.ceil(largest / step) + 1 }, (_, index) => index * step);
}
