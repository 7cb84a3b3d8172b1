import fc from 'fast-check';

const seed = Number(process.env['FC_SEED'] ?? Date.now() % 0x7fffffff);
process.stdout.write(`fast-check seed ${seed} (FC_SEED=${seed} runs the same again)\n`);

/** Checks a property on this many generated values; the seed is printed once per test file. */
export function check<Ts>(runs: number, arbitrary: fc.Arbitrary<Ts>, predicate: (value: Ts) => void): void {
  fc.assert(fc.property(arbitrary, predicate), { seed, numRuns: runs });
}

/** Numbers from the same seed, for what generates too much for fast-check. */
export function randomNumbers(): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000) * below);
  };
}
