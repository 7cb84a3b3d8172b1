import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressesAt } from '../../scripts/release/addresses.js';
import { releaseFaults, type Release } from '../../scripts/release/release-faults.js';
import { ROOT } from '../../tools/places.js';

const CHANGELOG = `# Changelog

## [Unreleased]

## [1.2.3] - 2026-11-24

### Added

- Something.

## [1.2.2]

## [1.2.1] - 2026-11-01

### Fixed
`;

const RELEASE: Release = {
  tag: 'v1.2.3',
  version: '1.2.3',
  changelog: CHANGELOG,
  addresses: {
    repository: { type: 'git', url: 'git+https://example.org/owner/name.git' },
    homepage: 'https://example.org/owner/name#readme',
    bugs: { url: 'https://example.org/owner/name/issues' },
  },
  repository: 'https://example.org/owner/name',
};

describe('a release', () => {
  it('may be published where all agrees', () => {
    expect(releaseFaults(RELEASE)).toEqual([]);
  });

  it.each<[fault: string, change: Partial<Release>]>([
    ['the tag is 1.2.3, but package.json has the version 1.2.3', { tag: '1.2.3' }],
    ['the tag is v1.2.4, but package.json has the version 1.2.3', { tag: 'v1.2.4' }],
    ['CHANGELOG.md has no section [1.2.30]', { tag: 'v1.2.30', version: '1.2.30' }],
    ["CHANGELOG.md's section [1.2.1] names no change", { tag: 'v1.2.1', version: '1.2.1' }],
    [
      'package.json has homepage=https://example.org/owner/other#readme, not homepage=https://example.org/owner/name#readme',
      { addresses: { ...RELEASE.addresses, homepage: 'https://example.org/owner/other#readme' } },
    ],
  ])('is refused: %s', (fault, change) => {
    expect(releaseFaults({ ...RELEASE, ...change })).toEqual([fault]);
  });

  it('is refused without a date, and without a change', () => {
    expect(releaseFaults({ ...RELEASE, tag: 'v1.2.2', version: '1.2.2' })).toEqual([
      "the heading of CHANGELOG.md's section is '[1.2.2]', not '[1.2.2] - YYYY-MM-DD'",
      "CHANGELOG.md's section [1.2.2] names no change",
    ]);
  });

  it('is refused while package.json does not say where the package lives, each address with what it must be', () => {
    expect(releaseFaults({ ...RELEASE, addresses: {} })).toEqual([
      'package.json has repository.type=, not repository.type=git',
      'package.json has repository.url=, not repository.url=git+https://example.org/owner/name.git',
      'package.json has homepage=, not homepage=https://example.org/owner/name#readme',
      'package.json has bugs.url=, not bugs.url=https://example.org/owner/name/issues',
    ]);
  });
});

it('is prepared, says CONTRIBUTING.md, by the command that fills in what is checked', () => {
  const filledIn = Object.entries(addressesAt('$at')).map(([name, address]) => `${name}=${address}`);
  expect(readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8')).toContain(`\nnpm pkg set ${filledIn.join(' ')}\n`);
});

describe('the workflows', () => {
  const directory = join(ROOT, '.github/workflows');
  const workflows = readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'utf8')] as const);

  it.each(workflows)('%s runs the gate, and actions of a commit that cannot be changed', (_name, workflow) => {
    expect(workflow).toContain('run: .ci/run\n');
    const used = [...workflow.matchAll(/uses: (.*)$/gm)].map(([, action]) => action);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((action) => !/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(String(action)))).toEqual([]);
  });
});
