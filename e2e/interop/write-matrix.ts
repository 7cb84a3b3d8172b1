import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROOT } from '../../tools/places.js';
import { withMatrix } from './matrix.js';
import type { Cell } from './part.js';

/** Puts the matrix into README.md. @returns whether that changed it. */
export async function writeMatrix(cells: readonly Cell[]): Promise<boolean> {
  const path = join(ROOT, 'README.md');
  const before = await readFile(path, 'utf8');
  const after = await format(withMatrix(before, cells), { ...(await resolveConfig(path)), filepath: path });
  if (after === before) return false;
  await writeFile(path, after);
  return true;
}
