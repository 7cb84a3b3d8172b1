import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../tools/places.js';
import { releaseFaults } from './release-faults.js';

// Fails where a release must not be published:
//   tsx scripts/release/main.ts <tag> <the repository's address>

interface PackageJson {
  readonly version: string;
  readonly repository?: { readonly url: string };
}

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const [tag, repository] = process.argv.slice(2);
if (tag === undefined || repository === undefined)
  throw new Error('a tag and the address of the repository are wanted');
// The file is this repository's own.
const { version, repository: named } = JSON.parse(read('package.json')) as PackageJson;
const release = { tag, version, changelog: read('CHANGELOG.md'), namedRepository: named?.url, repository };
for (const fault of releaseFaults(release)) {
  console.error(fault);
  process.exitCode = 1;
}
