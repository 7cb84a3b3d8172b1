import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { tarballIn } from '../../tools/tarball.js';
import { deadLinks, linkedFrom } from '../helpers/links.js';
import { scratchFolder } from '../helpers/scratch.js';

const run = promisify(execFile);

let folder: string;

beforeAll(async () => {
  folder = await scratchFolder();
});

afterAll(() => rm(folder, { recursive: true }));

describe('who has only the package', () => {
  /** What npm puts into every package: these need no link. */
  const ALWAYS = ['LICENSE', 'README.md', 'package.json'];
  let unpacked: string;
  let documents: readonly string[];

  beforeAll(async () => {
    const { path } = await tarballIn(folder);
    await run('tar', ['-xzf', path, '-C', folder]);
    unpacked = join(folder, 'package');
    const listed = await run('tar', ['-tzf', path]);
    const files = listed.stdout.trim().split('\n');
    documents = files.map((file) => file.replace('package/', '')).filter((file) => !file.startsWith('dist/'));
  });

  it('finds where every link of every page leads', () => {
    const pages = documents.filter((file) => file.endsWith('.md'));
    const dead = pages
      .map((page) => [page, deadLinks(unpacked, page)] as const)
      .filter(([, links]) => links.length > 0);

    expect(pages).toEqual(expect.arrayContaining(['CHANGELOG.md', 'README.md', 'SECURITY.md']));
    expect(Object.fromEntries(dead)).toEqual({});
  });

  it('has no page, picture or configuration that no page leads to', () => {
    const reached = new Set(ALWAYS);
    for (const document of reached) {
      if (document.endsWith('.md')) linkedFrom(unpacked, document).forEach((linked) => reached.add(linked));
    }

    expect(documents.filter((file) => !reached.has(file))).toEqual([]);
  });
});

describe('a link', () => {
  const PAGE = `# A page's heading

{}
`;

  beforeAll(() => writeFile(join(folder, 'picture.svg'), '<svg/>'));

  const dead = async (link: string): Promise<readonly string[]> => {
    await writeFile(join(folder, 'page.md'), PAGE.replace('{}', link));
    return deadLinks(folder, 'page.md');
  };

  it.each([
    '[page](page.md)',
    '[heading](page.md#a-pages-heading)',
    '[heading](#a-pages-heading)',
    '![picture](picture.svg)',
    '![picture](./picture.svg "with a title")',
    '<img alt="picture" src="picture.svg">',
    '[elsewhere](https://example.org/missing)',
    '<mailto:me@example.org> and [mail](mailto:me@example.org)',
    '`[code](missing.md)`',
    '```md\n[code](missing.md)\n```',
  ])('may be %s', async (link) => {
    expect(await dead(link)).toEqual([]);
  });

  it.each([
    ['[page](missing.md)', 'missing.md'],
    ['[heading](page.md#missing)', 'page.md#missing'],
    ['[heading](#missing)', '#missing'],
    ['![picture](missing.svg "with a title")', 'missing.svg'],
    ['[![picture](picture.svg)](missing.md)', 'missing.md'],
    ['[page][name]\n\n[name]: missing.md', 'missing.md'],
    ['<img alt="picture" src="missing.svg">', 'missing.svg'],
    ['<picture><source media="(width)" srcset="missing.svg"></picture>', 'missing.svg'],
    ['[root](/page.md)', '/page.md'],
    ['[outside](../)', '../'],
  ])('is dead: %s', async (link, target) => {
    expect(await dead(link)).toEqual([target]);
  });
});
