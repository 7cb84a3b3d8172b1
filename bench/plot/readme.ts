import { table } from '../../tools/table.js';
import type { BenchDocument } from '../document.js';
import { shown } from '../report.js';
import { barGroups, headOf, PLOTTED } from './bars.js';

export const MARKS = {
  start: '<!-- overhead: written by npm run bench:plot -->',
  end: '<!-- end of overhead -->',
};

/** What each variant adds to a unary call, in µs, and where that was measured. */
export function overhead(document: BenchDocument): string {
  const groups = barGroups(document.measurements);
  const rows = groups.map((group) => [
    `${headOf(group)}, ${group.sampling}`,
    ...PLOTTED.map((variant) => shown(group.bars.find((bar) => bar.variant === variant)?.micros, 0)),
  ]);
  return `${table(['µs over bare', ...PLOTTED], rows)}\n\n${measuredText(document)}`;
}

/** When and on what it was measured, and how often. */
export function measuredText({ date, cpu, cores, pinned, measurements }: BenchDocument): string {
  const rounds = Math.min(...measurements.map((measurement) => measurement.rounds));
  const where = pinned ? ', each process pinned to one' : '';
  return `Medians of ${rounds} rounds with their 95 % intervals; ${date}, ${cpu}, ${cores} cores${where}.`;
}
