import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../tools/places.js';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const PAGES = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** What whoever reads has: the package, and the program that it is for. */
const GIVEN: readonly string[] = ['grpc-js-opentelemetry', '@grpc/grpc-js'];

/** A page that leads there has its packages as well. */
const INSTALL = /\]\((?:docs\/)?getting-started\.md#install\)/;

/** The packages that a text says to install, without their versions. */
function installedBy(page: string): readonly string[] {
  return [...page.matchAll(/npm install ([^\n`#|]+)/g)]
    .flatMap(([, names = '']) => names.trim().split(' '))
    .map((name) => name.replace(/(?<=.)@[\d.]+$/, ''));
}

/** The packages that the programs of a page import. */
function importedBy(page: string): readonly string[] {
  const programs = [...page.matchAll(/^( *)```[cm]?[jt]s\n(.*?)^\1```$/gms)].map(([, , program = '']) => program);
  const names = programs.flatMap((program) => [
    ...program.matchAll(/(?:\bfrom |\bimport |\b(?:require|import)\()'([^'.][^']*)'/g),
  ]);
  const packages = names.map(([, name = '']) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? '');
  return [...new Set(packages)].filter((name) => !name.startsWith('node:'));
}

/** What is imported and nobody has said to install: what a strict layout of node_modules does not find. */
function missingIn(page: string): readonly string[] {
  const installed = [page, ...(INSTALL.test(page) ? [read('docs/getting-started.md')] : [])].flatMap(installedBy);
  return importedBy(page).filter((name) => ![...GIVEN, ...installed].includes(name));
}

/** A section about a library is for those who have it: OpenTelemetry's own packages they may not have. */
const isAsked = (path: string, name: string): boolean =>
  path !== 'docs/integrations.md' || name.startsWith('@opentelemetry/');

it.each(PAGES)('%s says to install what its programs import', (path) => {
  expect(missingIn(read(path)).filter((name) => isAsked(path, name))).toEqual([]);
});

it('what nobody has said to install is found', () => {
  const page = [
    '`npm install -D a@1.2 @b/c@2`, not d',
    '```ts',
    "import { a } from 'a/deep';",
    "import '@b/c';",
    "import { d } from 'd';",
    '```',
    '- in a list:',
    '  ```js',
    "  const e = require('@e/f/g');",
    "  import('./own.js'); import('node:fs');",
    '  ```',
  ];
  expect(missingIn(page.join('\n'))).toEqual(['d', '@e/f']);
});
