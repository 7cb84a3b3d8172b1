import { SHAPES } from '../../tools/invoke.js';
import { table } from '../../tools/table.js';
import type { Cell } from './part.js';

const START = '<!-- interop matrix: written by npm run interop -->';
const END = '<!-- end of interop matrix -->';

const HEADS = ['peer', 'versions', 'direction', 'context by', ...SHAPES] as const;

/** The marks of notes, in their order. */
const MARKS = '¹²³⁴⁵⁶⁷⁸⁹';

/** Peer × direction × shape, as a Markdown table, and the notes below it; a shape that was not run has no mark. */
export function matrix(cells: readonly Cell[]): string {
  const notes = [...new Set(cells.map(({ note }) => note))].filter((note) => note !== undefined);
  const markOf = (note: string): string => ` ${MARKS.charAt(notes.indexOf(note))}`;
  const rows = new Map<string, { readonly heads: readonly string[]; readonly shapes: Set<string> }>();
  for (const { peer, versions, direction, propagation, shape, note } of cells) {
    const heads = [peer, versions, direction, note === undefined ? propagation : `${propagation}${markOf(note)}`];
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
  return [rowsOfAll, ...notes.map((note) => `${markOf(note).trim()} ${note}`)].join('\n\n');
}

/** The text with this matrix between its two marks, and all else as it was. @throws where a mark is not there. */
export function withMatrix(text: string, cells: readonly Cell[]): string {
  const [start, end] = [text.indexOf(START), text.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`no ${START} … ${END}`);
  return `${text.slice(0, start + START.length)}\n\n${matrix(cells)}\n\n${text.slice(end)}`;
}
