import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from '../../tools/places.js';
import { snippetsOf } from '../helpers/readme.js';
import { SnippetFiles } from '../helpers/snippets.js';
import { typeErrors } from '../helpers/type-errors.js';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const markdownIn = (directory: string): readonly string[] =>
  readdirSync(join(ROOT, directory))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(directory, name));

const PAGES = markdownIn('docs');
/** The programs that these show have tests of their own. */
const TESTED_ELSEWHERE: readonly string[] = ['docs/getting-started.md', 'docs/integrations.md', 'docs/testing.md'];
const WITH_SNIPPETS = PAGES.filter(
  (page) => !TESTED_ELSEWHERE.includes(page) && snippetsOf(read(page), 'ts').length > 0,
);

/** The snippets of a page, also those within a list, each with the output that is printed below it, if one is. */
function programsOf(page: string): readonly { readonly code: string; readonly output: string | undefined }[] {
  const text = read(page).replaceAll(/^ +```ts\n.*?^ +```$/gms, (block) => block.replaceAll(/^ {2}/gm, ''));
  const programs = [...text.matchAll(/^```ts\n(.*?)^```$(?:\n\n[^\n#`]+\n\n```text\n(.*?)^```$)?/gms)];
  return programs.map(([, code = '', output]) => ({ code, output }));
}

it('finds the pages', () => {
  expect(WITH_SNIPPETS).toEqual([
    'docs/attributes.md',
    'docs/exporting.md',
    'docs/long-lived-streams.md',
    'docs/missing-spans.md',
    'docs/options.md',
    'docs/public-edge.md',
  ]);
});

describe.each(WITH_SNIPPETS)('the snippets of %s', (page) => {
  const programs = programsOf(page);
  let snippets: SnippetFiles;

  beforeAll(async () => {
    snippets = await SnippetFiles.write(programs.map(({ code }) => code));
  });

  afterAll(() => snippets.remove());

  it('are all found', () => {
    expect(programs).toHaveLength(read(page).split('```ts\n').length - 1);
    expect(programs.filter(({ output }) => output !== undefined)).toHaveLength(snippetsOf(read(page), 'text').length);
  });

  it('compile, strictly, as a consumer would compile them', () => {
    expect(typeErrors(snippets.files)).toEqual([]);
  });

  it.each(programs.map(({ code, output }, index) => [index, code.split('\n')[0], output]))(
    'run, and print what the page says: number %i, %s',
    async (index, _line, output) => {
      const { stdout, stderr } = await snippets.run(index);
      expect(stderr).toBe('');
      expect(stdout).toBe(output ?? '');
    },
  );
});

it('the index lists every page', () => {
  const index = read('docs/README.md');
  const names = PAGES.map((page) => basename(page)).filter((name) => name !== 'README.md');
  expect(names.filter((name) => !index.includes(`](${name})`))).toEqual([]);
});
