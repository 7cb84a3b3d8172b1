import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');
export const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** The TypeScript snippets, in order. */
export const SNIPPETS: readonly string[] = [...README.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code ?? '');

/** The rows of the table under a heading: the text of each cell. */
export function tableRows(heading: string): readonly (readonly string[])[] {
  const section = README.split(/^#+ /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.startsWith('| ---'))
    .slice(1)
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
}

/** The words of a cell that are set as code. */
export function codes(cell: string | undefined): readonly string[] {
  return [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '');
}
