import type { Figures } from './measure.js';

const COLUMNS: readonly (readonly [string, (figures: Figures, all: readonly Figures[]) => string])[] = [
  ['variant', ({ name }) => name],
  ['CPU µs/call', ({ cpuMicros }) => cpuMicros.toFixed(1)],
  ['over bare', ({ overBareMicros, spreadMicros }) => `${overBareMicros.toFixed(1)} ± ${spreadMicros.toFixed(1)}`],
  ['× by hand', (figures, all) => ratio(figures, all, 'by hand')],
  ['× auto', (figures, all) => ratio(figures, all, 'auto')],
  ['calls/s', ({ callsPerSecond }) => callsPerSecond.toFixed(0)],
  ['p50 ms', ({ p50Millis }) => p50Millis.toFixed(2)],
  ['p99 ms', ({ p99Millis }) => p99Millis.toFixed(2)],
  ['kB/call', ({ bytesPerCall }) => (bytesPerCall === undefined ? '' : (bytesPerCall / 1000).toFixed(1))],
];

/** What a variant adds to the bare call, as a share of what another one adds. */
export function ratio(figures: Figures, all: readonly Figures[], name: string): string {
  const other = all.find((candidate) => candidate.name === name);
  if (other === undefined || figures.name.startsWith('bare')) return '';
  return (figures.overBareMicros / other.overBareMicros).toFixed(2);
}

export function table(all: readonly Figures[]): string {
  const rows = [COLUMNS.map(([title]) => title), ...all.map((f) => COLUMNS.map(([, cell]) => cell(f, all)))];
  const widths = COLUMNS.map((_column, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows
    .map((row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
    )
    .join('\n');
}
