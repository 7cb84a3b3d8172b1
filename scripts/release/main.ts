import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../tools/places.js';
import type { Addresses } from './addresses.js';
import { releaseFaults } from './release-faults.js';

// Fails where a release must not be published:
//   tsx scripts/release/main.ts <tag> <the repository's address>

interface PackageJson extends Addresses {
  readonly version: string;
}

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const [tag, repository] = process.argv.slice(2);
if (tag === undefined || repository === undefined)
  throw new Error('a tag and the address of the repository are wanted');
// The file is this repository's own.
const { version, ...addresses } = JSON.parse(read('package.json')) as PackageJson;
for (const fault of releaseFaults({ tag, version, changelog: read('CHANGELOG.md'), addresses, repository })) {
  console.error(fault);
  process.exitCode = 1;
}
