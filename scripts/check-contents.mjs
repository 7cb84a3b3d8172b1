// Fails unless the package holds what its users need and nothing else: of every file in lib/ the code, its types and its
// source map, once for CommonJS and once for ES modules. A source map must hold its source, which is not in the package.
// Beside them are documents; which, a test says, __tests__/package/links.test.ts.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packed } from './packed.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file) => readFileSync(join(root, file), 'utf8');

const modules = readdirSync(join(root, 'lib'), { recursive: true })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));
const built = (directory) =>
  modules.flatMap((module) => ['.js', '.js.map', '.d.ts'].map((end) => directory + module + end));
const expected = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'package.json',
  ...['dist/cjs/', 'dist/esm/'].flatMap((directory) => [`${directory}package.json`, ...built(directory)]),
];

const { files } = packed();
const isDocument = (file) => /^(?!dist\/).+\.(md|svg|png|json|yaml)$/.test(file);

const faults = [
  ...expected.filter((file) => !files.includes(file)).map((file) => `${file} is not in the package`),
  ...files
    .filter((file) => !expected.includes(file) && !isDocument(file))
    .map((file) => `${file} is in the package, but not expected`),
  ...files.filter((file) => file.endsWith('.map')).flatMap(mapFaults),
];

function mapFaults(map) {
  const { sources, sourcesContent } = JSON.parse(read(map));
  const told = read(map.slice(0, -'.map'.length)).includes('//# sourceMappingURL=')
    ? []
    : [`${map} is not named by its code`];
  const isWhole = sources.every((source, at) => sourcesContent?.[at] === read(join(dirname(map), source)));
  return isWhole && sources.length > 0 ? told : [...told, `${map} does not hold its source`];
}

for (const fault of faults) console.error(fault);
console.log(`${files.length} files`);
if (faults.length > 0) process.exitCode = 1;
