import { pack } from '../../tools/cache.js';
import { table } from '../../tools/table.js';
import { ENVIRONMENTS, type Environment } from './environments.js';
import { Fixture } from './fixture.js';
import { nextRow } from './next.js';
import type { Row } from './row.js';
import { linkedSpans, runProgram } from './run.js';
import { runtimeRow } from './runtimes.js';
import { autoRelease, SDKS } from '../../tools/sdks.js';

const GROUPS = ['node', 'next', 'deno', 'bun'] as const;
type Group = (typeof GROUPS)[number];

/** One call leaves one span on each side. */
const EXPECTED = 2;

function rowsOf(group: Group, tarball: string): readonly Row[] {
  switch (group) {
    case 'node':
      return ENVIRONMENTS.map(nodeRow);
    case 'next':
      return [nextRow('bundled', tarball), nextRow('external', tarball)];
    case 'deno':
      return [runtimeRow('Deno', tarball)];
    case 'bun':
      return [runtimeRow('Bun', tarball)];
  }
}

function nodeRow({ name, build }: Environment): Row {
  return {
    name,
    async ready(fixture) {
      const file = await build(fixture);
      const node = await fixture.sdk.node();
      return (tracing) => runProgram(file, tracing, [node]);
    },
  };
}

/** What a row shows: with this package, whatever the SDK, and with the auto instrumentation of each. */
async function cells({ name, ready }: Row, fixtures: readonly Fixture[]): Promise<string[]> {
  const here: number[] = [];
  const auto: number[] = [];
  for (const fixture of fixtures) {
    const run = await ready(fixture);
    here.push(linkedSpans(await run('here')));
    auto.push(linkedSpans(await run('auto')));
  }
  if (here.some((spans) => spans !== EXPECTED)) process.exitCode = 1;
  return [name, [...new Set(here)].join(', '), ...auto.map(String)];
}

/** Prints how many linked spans a call leaves in each environment; fails where this package leaves fewer than two. */
async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !GROUPS.some((group) => group === name));
  if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: not one of ${GROUPS.join(', ')}`);
  const tarball = await pack();
  const fixtures: Fixture[] = [];
  try {
    for (const sdk of SDKS) fixtures.push(await Fixture.create(sdk));
    const rows: string[][] = [];
    for (const group of GROUPS) {
      if (asked.length > 0 && !asked.includes(group)) continue;
      for (const row of rowsOf(group, tarball)) {
        rows.push(await cells(row, fixtures));
        console.error(rows.at(-1)?.join('  '));
      }
    }
    console.log(table(['environment', 'here', ...SDKS.map((sdk) => `auto ${autoRelease(sdk)}`)], rows));
  } finally {
    for (const fixture of fixtures) await fixture.remove();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
