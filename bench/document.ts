import { cpus } from 'node:os';
import { format, resolveConfig } from 'prettier';
import type { Setting } from './setting.js';
import type { VariantName } from './variant-names.js';

/** Of one round: null where it was not measured, or could not be. */
export type Sample = number | null;

/** Of one contestant, by round; per call. */
export interface Samples {
  readonly name: string;
  readonly variant: VariantName;
  /** Of the whole process, client and server, in µs. */
  readonly cpu: Sample[];
  /** Of JavaScript objects. */
  readonly bytes: Sample[];
}

export interface Measurement extends Setting {
  readonly rounds: number;
  readonly samples: readonly Samples[];
}

/** What `--json` writes, and what the plot and the table of the README are made of. */
export interface BenchDocument {
  /** When it was measured: `2026-01-31`. */
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  /** Whether each process was pinned to one core. */
  readonly pinned: boolean;
  readonly measurements: readonly Measurement[];
}

export function documentOf(measurements: readonly Measurement[], pinned: boolean): BenchDocument {
  const cores = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cores[0]?.model ?? 'unknown',
    cores: cores.length,
    pinned,
    measurements,
  };
}

/** As the repository formats it. Digits that no run repeats only make the file longer. */
export async function serialized(document: BenchDocument): Promise<string> {
  const rounded = (_key: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toFixed(2)) : value;
  return format(JSON.stringify(document, rounded), { ...(await resolveConfig(__filename)), parser: 'json' });
}
