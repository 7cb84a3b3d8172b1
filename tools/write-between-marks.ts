import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { betweenMarks, type Marks } from './between-marks.js';
import { ROOT } from './places.js';

/** Puts the content into a document of the repository. @returns whether that changed it. */
export async function writeBetweenMarks(document: string, marks: Marks, content: string): Promise<boolean> {
  const path = join(ROOT, document);
  const before = await readFile(path, 'utf8');
  const after = await format(betweenMarks(before, marks, content), { ...(await resolveConfig(path)), filepath: path });
  if (after === before) return false;
  await writeFile(path, after);
  return true;
}
