import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

const PLACES = [
  /\]\(<?([^)>\s]+)/g, // [text](place), ![text](place)
  /^ *\[[^\]]+\]: +<?([^>\s]+)/gm, // [text]: place
  /<[^>]+ (?:href|src|srcset)="([^"\s]+)/g,
];

/** Where a page leads to that is of the same repository or package: files, with their anchors. Code leads nowhere. */
function linksOf(page: string): readonly string[] {
  const text = page.replaceAll(/^ *```.*?^ *```$/gms, '').replaceAll(/`[^`\n]*`/g, '');
  const places = PLACES.flatMap((place) => [...text.matchAll(place)].map(([, link = '']) => link));
  return places.filter((place) => !/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(place));
}

/** As GitHub makes them: of `### A thing's name`, `a-things-name`. */
function anchorsOf(page: string): readonly string[] {
  return [...page.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Where the links of a page lead to: files, from the root. */
export function linkedFrom(root: string, page: string): readonly string[] {
  return linksOf(readFileSync(join(root, page), 'utf8')).map((link) => targetOf(root, page, link));
}

/** The links of a page below the root that lead to nothing below it, or to no heading of a page. */
export function deadLinks(root: string, page: string): readonly string[] {
  return linksOf(readFileSync(join(root, page), 'utf8')).filter((link) => {
    const target = targetOf(root, page, link);
    if (target.split(sep)[0] === '..' || !existsSync(join(root, target))) return true;
    const [, anchor] = link.split('#');
    return anchor !== undefined && !anchorsOf(readFileSync(join(root, target), 'utf8')).includes(anchor);
  });
}

function targetOf(root: string, page: string, link: string): string {
  const [file = ''] = link.split('#');
  return file === '' ? page : relative(root, resolve(root, dirname(page), file));
}
