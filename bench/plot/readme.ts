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
  const told = `${spreadText(document)}; ${placeText(document)}.`;
  return `${table(['µs over bare', ...PLOTTED], rows)}\n\n${told}`;
}

/** How often it was measured, and what the intervals are. */
export function spreadText({ measurements }: BenchDocument): string {
  return `Medians of ${Math.min(...measurements.map(({ rounds }) => rounds))} rounds with their 95 % intervals`;
}

/** When and on what. */
export function placeText({ date, cpu, cores, pinned }: BenchDocument): string {
  return `${date}, ${cpu}, ${cores} cores${pinned ? ', each process pinned to one' : ''}`;
}
