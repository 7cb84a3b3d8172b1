import type { Marks } from '../../tools/between-marks.js';
import { SHAPES } from '../../tools/invoke.js';
import { Notes } from '../../tools/notes.js';
import { table } from '../../tools/table.js';
import type { Cell } from './part.js';

/** Where it stands. */
export const DOCUMENT = 'e2e/interop/README.md';
export const MARKS: Marks = {
  start: '<!-- interop matrix: written by npm run interop -->',
  end: '<!-- end of interop matrix -->',
};

const HEADS = ['peer', 'versions', 'direction', 'context by', ...SHAPES] as const;

/** Peer × direction × shape, as a Markdown table, and the notes below it; a shape that was not run has no mark. */
export function matrix(cells: readonly Cell[]): string {
  const notes = new Notes(cells.map(({ note }) => note));
  const rows = new Map<string, { readonly heads: readonly string[]; readonly shapes: Set<string> }>();
  for (const { peer, versions, direction, propagation, shape, note } of cells) {
    const heads = [peer, versions, direction, `${propagation}${notes.signOf(note)}`];
    const key = heads.join('\n');
    const row = rows.get(key) ?? { heads, shapes: new Set() };
    row.shapes.add(shape);
    rows.set(key, row);
  }
  const rowsOfAll = table(
    HEADS,
    [...rows.values()].map(({ heads, shapes }) => [
      ...heads,
      ...SHAPES.map((shape) => (shapes.has(shape) ? 'yes' : '')),
    ]),
  );
  return [rowsOfAll, ...notes.lines].join('\n\n');
}
