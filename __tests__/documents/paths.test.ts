import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../tools/places.js';

const TEXTS = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  '.ci/run',
  'examples/README.md',
  'e2e/interop/README.md',
  'bench/README.md',
  'protos/stubs/README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  ...readdirSync(join(ROOT, '.github/workflows')).map((name) => `.github/workflows/${name}`),
];

/** What a path of this repository begins with, as texts write it: from the root, or a wing of `lib/` by itself. */
const ROOMS = ['lib', '__tests__', 'protos', 'examples', 'bench', 'e2e', 'tools', 'scripts', 'docs'];
const WINGS = readdirSync(join(ROOT, 'lib'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const PATH = new RegExp(`(?<![\\w./@-])(?:${[...ROOMS, ...WINGS].join('|')})/[\\w./-]*(?<![.])`, 'g');

/** What looks like one and is none: words of OTEL_SEMCONV_STABILITY_OPT_IN. */
const NO_PATHS: readonly string[] = ['rpc/old', 'rpc/dup'];

function missingIn(text: string): string[] {
  const named = text.match(PATH) ?? [];
  return named.filter(
    (path) => !NO_PATHS.includes(path) && !existsSync(join(ROOT, path)) && !existsSync(join(ROOT, 'lib', path)),
  );
}

it.each(TEXTS)('every path that %s names is there', (text) => {
  expect(missingIn(readFileSync(join(ROOT, text), 'utf8'))).toEqual([]);
});

it('a path that is not there is found', () => {
  expect(
    missingIn('`lib/call-span.ts` and `client/nobody.ts`, but `server/call.ts`, lib/rpc/, a/lib/x and tools/'),
  ).toEqual(['lib/call-span.ts', 'client/nobody.ts']);
});

it('the scripts of package.json run programs that are there', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  expect(missingIn(Object.values(scripts).join('\n'))).toEqual([]);
});
