import { pack } from '../../tools/cache.js';
import { table } from '../../tools/table.js';
import { ENVIRONMENTS } from './environments.js';
import { Fixture } from './fixture.js';
import { nextRow } from './next.js';
import type { Row } from './row.js';
import { linkedSpans, runProgram } from './run.js';
import { runtimeRow } from './runtimes.js';

const GROUPS = ['node', 'deno', 'bun', 'next'] as const;
type Group = (typeof GROUPS)[number];

/** One call leaves one span on each side. */
const EXPECTED = 2;

async function rowsOf(group: Group, fixture: Fixture, tarball: string): Promise<Row[]> {
  switch (group) {
    case 'node':
      return Promise.all(
        ENVIRONMENTS.map(async ({ name, build }) => {
          const file = await build(fixture);
          return { name, run: (tracing) => runProgram(file, tracing) };
        }),
      );
    case 'deno':
      return [await runtimeRow('Deno', tarball)];
    case 'bun':
      return [await runtimeRow('Bun', tarball)];
    case 'next':
      return [await nextRow('bundled', tarball), await nextRow('external', tarball)];
  }
}

/** Prints how many linked spans a call leaves in each environment; fails where this package leaves fewer than two. */
async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !GROUPS.some((group) => group === name));
  if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: not one of ${GROUPS.join(', ')}`);
  const tarball = await pack();
  const fixture = await Fixture.create();
  try {
    const counts: string[][] = [];
    for (const group of GROUPS) {
      if (asked.length > 0 && !asked.includes(group)) continue;
      for (const row of await rowsOf(group, fixture, tarball)) {
        const here = linkedSpans(await row.run('here'));
        counts.push([row.name, String(here), String(linkedSpans(await row.run('auto')))]);
        console.error(counts.at(-1)?.join('  '));
        if (here !== EXPECTED) process.exitCode = 1;
      }
    }
    console.log(table(['environment', 'spans here', 'spans by the auto instrumentation'], counts));
  } finally {
    await fixture.remove();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
