import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../tools/places.js';

export const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** The snippets of a document that are in a language, in order; `''` for those in none. */
export function snippetsOf(document: string, language: string): readonly string[] {
  return [...document.matchAll(/^```(\w*)\n(.*?)^```$/gms)]
    .filter(([, of]) => of === language)
    .map(([, , code]) => code ?? '');
}

/** The rows of the table under a heading: the text of each cell. */
export function tableRows(heading: string, document = README): readonly (readonly string[])[] {
  const section = document.split(/^#+ /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
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
