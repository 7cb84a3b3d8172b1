import type { Measurement } from '../../bench/document.js';
import type { VariantName } from '../../bench/variant-names.js';

/** What a variant adds to a bare call of 200 µs and 60 kB, by round. */
export interface Added {
  readonly micros: readonly number[];
  readonly bytes?: readonly (number | null)[];
}

export type AddedBy = Partial<Record<VariantName, Added>>;

const BARE_MICROS = 200;
const BARE_BYTES = 60_000;

/** Of as many rounds as the first variant has. The machine is slower in every second one, for all variants alike. */
export function measurementOf(added: AddedBy, setting: Partial<Measurement> = {}): Measurement {
  const drift = (round: number): number => (round % 2) * 1000;
  const samples = Object.entries(added).map(([name, { micros, bytes = [] }]) => ({
    name,
    // The keys are the names.
    variant: name as VariantName,
    cpu: micros.map((it, round) => BARE_MICROS + drift(round) + it),
    bytes: bytes.map((it) => (it === null ? null : BARE_BYTES + it)),
  }));
  const rounds = samples[0]?.cpu.length ?? 0;
  const base = { node: '20.20.2', sdk: 2, sampling: 'sampled', load: 'unary', inFlight: 32, calls: 2500 } as const;
  return { ...base, rounds, samples, ...setting };
}

/** The same in each of fifteen rounds. */
export function steady(micros: number, bytes?: number): Added {
  const all = <T>(value: T): readonly T[] => new Array<T>(15).fill(value);
  return { micros: all(micros), ...(bytes !== undefined && { bytes: all(bytes) }) };
}

/** Half the rounds say one, half the other: the interval reaches from one to the other. */
export function between(low: number, high: number): Added {
  return { micros: Array.from({ length: 15 }, (_, round) => (round % 2 === 0 ? low : high)) };
}
