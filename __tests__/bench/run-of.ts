import type { Figures, Run } from '../../bench/plan.js';
import type { VariantName } from '../../bench/variant-names.js';

/** What a variant adds to bare, in µs and bytes; the rest of a run is the same for all. */
export type Added = Partial<Record<VariantName, { readonly micros: number; readonly bytes: number | undefined }>>;

export function runOf(added: Added, plan: Partial<Run> = {}): Run {
  const figures = Object.entries(added).map(([name, { micros, bytes }]): Figures => ({
    // The keys are the names.
    name: name as VariantName,
    cpuMicros: 200 + micros,
    over: { base: 'bare', micros, spreadMicros: 1 },
    ...(name === 'ours + metrics' && {
      onTop: { base: 'ours', micros: micros - (added.ours?.micros ?? 0), spreadMicros: 1 },
    }),
    callsPerSecond: 1000,
    p50Millis: 1,
    p99Millis: 2,
    bytesPerCall: bytes === undefined ? undefined : 60_000 + bytes,
    overBytes: bytes,
  }));
  const base = { sampling: 'sampled', load: 'unary', inFlight: 32, callsPerRound: 1000, rounds: 25 } as const;
  return { ...base, node: '20.20.2', figures, ...plan };
}
