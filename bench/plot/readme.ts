import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROOT } from '../../tools/places.js';
import { table } from '../../tools/table.js';
import type { BenchDocument } from '../document.js';
import { barGroups, PLOTTED } from './bars.js';

const START = '<!-- overhead: written by npm run bench:plot -->';
const END = '<!-- end of overhead -->';

/** What each variant adds to a unary call, in µs. */
function overheadTable({ results }: BenchDocument): string {
  const rows = barGroups(results).map(({ node, sampling, bars }) => [
    `${node}, ${sampling}`,
    ...PLOTTED.map((variant) => bars.find((bar) => bar.variant === variant)?.micros.toFixed(0) ?? ''),
  ]);
  return table(['µs over bare', ...PLOTTED], rows);
}

/** The text with these figures between its two marks, and all else as it was. @throws where a mark is not there. */
function withOverhead(text: string, document: BenchDocument): string {
  const [start, end] = [text.indexOf(START), text.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`no ${START} … ${END}`);
  const runs = Math.min(...document.results.map((result) => result.runs));
  const told = `Measured on ${document.date}, ${document.cpu}, ${runs === 1 ? 'one run' : `medians of ${runs} runs`}.`;
  return `${text.slice(0, start + START.length)}\n\n${overheadTable(document)}\n\n${told}\n\n${text.slice(end)}`;
}

/** Puts the figures into README.md. */
export async function writeReadme(document: BenchDocument): Promise<void> {
  const path = join(ROOT, 'README.md');
  const after = withOverhead(await readFile(path, 'utf8'), document);
  await writeFile(path, await format(after, { ...(await resolveConfig(path)), filepath: path }));
}
