import { cpus } from 'node:os';
import type { Result } from './summary.js';

/** What `--json` writes, and what the plot and the README are made of. */
export interface BenchDocument {
  /** When it was measured: `2026-01-31`. */
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  readonly results: readonly Result[];
}

export function documentOf(results: readonly Result[]): BenchDocument {
  const cores = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cores[0]?.model ?? 'unknown',
    cores: cores.length,
    results,
  };
}

/** Digits that no run repeats only make the file longer. */
export function serialized(document: BenchDocument): string {
  const rounded = (_key: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toFixed(3)) : value;
  return `${JSON.stringify(document, rounded, 2)}\n`;
}
