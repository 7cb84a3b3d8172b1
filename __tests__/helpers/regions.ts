import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../tools/places.js';

/** A piece of a program that a document shows. */
export interface Region {
  /** The heading of the section that shows it. */
  readonly title: string;
  readonly code: string;
}

const START = /^( *)(?:\/\/|#) #region integrations: (.+)$/;
const END = /^ *(?:\/\/|#) #endregion$/;

/** The regions of a program, in order, without the indentation of where they stand. @throws where one is not closed */
export function regionsOf(program: string): readonly Region[] {
  const regions: Region[] = [];
  let open: { readonly indentation: string; readonly title: string; readonly lines: string[] } | undefined;
  for (const line of program.split('\n')) {
    const [, indentation, title] = START.exec(line) ?? [];
    if (indentation !== undefined && title !== undefined) {
      if (open) throw new Error(`the region ${open.title} is not closed before ${title}`);
      open = { indentation, title, lines: [] };
    } else if (END.test(line)) {
      if (!open) throw new Error('#endregion without a region');
      regions.push({ title: open.title, code: open.lines.map((it) => `${it}\n`).join('') });
      open = undefined;
    } else {
      open?.lines.push(line.startsWith(open.indentation) ? line.slice(open.indentation.length) : line);
    }
  }
  if (open) throw new Error(`the region ${open.title} is not closed`);
  return regions;
}

/** The regions of all programs below a directory of the repository. */
export function regionsBelow(directory: string): readonly Region[] {
  return readdirSync(join(ROOT, directory), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.([cm]?[jt]s|sh)$/.test(name))
    .flatMap((name) => regionsOf(readFileSync(join(ROOT, directory, name), 'utf8')));
}

/** The program blocks of a document, each with the heading that it stands below. */
export function blocksOf(document: string): readonly Region[] {
  const blocks: Region[] = [];
  let title = '';
  for (const [, heading, code] of document.matchAll(
    /^#+ ([^\n]+)$|^```(?:[cm]?[jt]s|sh)\n(.*?)^```$|^```.*?^```$/gms,
  )) {
    title = heading ?? title;
    if (code !== undefined) blocks.push({ title, code });
  }
  return blocks;
}
