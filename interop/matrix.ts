import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { SHAPES } from '../__tests__/helpers/invoke.js';
import { ROOT } from '../matrix/places.js';
import { table } from '../storm/table.js';
import type { Cell } from './part.js';

const START = '<!-- interop matrix: written by npm run interop -->';
const END = '<!-- end of interop matrix -->';

const HEADS = ['peer', 'versions', 'direction', 'context by', ...SHAPES] as const;

/** Peer × direction × shape, as a Markdown table; a shape that was not run has no mark. */
export function matrix(cells: readonly Cell[]): string {
  const rows = new Map<string, { readonly heads: readonly string[]; readonly shapes: Set<string> }>();
  for (const { peer, versions, direction, propagation, shape } of cells) {
    const heads = [peer, versions, direction, propagation];
    const key = heads.join('\n');
    const row = rows.get(key) ?? { heads, shapes: new Set() };
    row.shapes.add(shape);
    rows.set(key, row);
  }
  return table(
    HEADS,
    [...rows.values()].map(({ heads, shapes }) => [
      ...heads,
      ...SHAPES.map((shape) => (shapes.has(shape) ? 'yes' : '')),
    ]),
  );
}

/** The text with this matrix between its two marks, and all else as it was. @throws where a mark is not there. */
export function withMatrix(text: string, cells: readonly Cell[]): string {
  const [start, end] = [text.indexOf(START), text.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`no ${START} … ${END}`);
  return `${text.slice(0, start + START.length)}\n\n${matrix(cells)}\n\n${text.slice(end)}`;
}

/** Puts the matrix into README.md. @returns whether that changed it. */
export async function writeMatrix(cells: readonly Cell[]): Promise<boolean> {
  const path = join(ROOT, 'README.md');
  const before = await readFile(path, 'utf8');
  const after = await format(withMatrix(before, cells), { ...(await resolveConfig(path)), filepath: path });
  if (after === before) return false;
  await writeFile(path, after);
  return true;
}
