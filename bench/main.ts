import { writeFile } from 'node:fs/promises';
import { benchArguments, USAGE } from './arguments.js';
import { checks } from './bounds.js';
import { documentOf, serialized } from './document.js';
import { measure } from './measure.js';
import { nodePrograms } from './nodes.js';
import { pinnableCore } from './pinned.js';
import { comparisons } from './plan.js';
import { checkTable, measurementReport } from './report.js';

async function main(): Promise<void> {
  const given = benchArguments(process.argv.slice(2));
  if (given === undefined) {
    console.log(USAGE);
    return;
  }
  const { rounds } = given;
  const programs = await nodePrograms(given.nodes);
  const plan = comparisons(
    given,
    programs.map(({ version }) => version),
  );
  const core = await pinnableCore();
  console.log(`Medians of ${rounds} rounds, with their 95 % intervals; ${pinning(core)}.`);
  const measurements = await measure(plan, { programs, core, rounds }, async (measured) => {
    if (given.json !== undefined) {
      await writeFile(given.json, await serialized(documentOf(measured, core !== undefined)));
    }
  });
  for (const measurement of measurements) console.log(`\n${measurementReport(measurement)}`);
  const bounds = checks(measurements);
  if (bounds.length > 0) console.log(`\n${checkTable(bounds)}`);
  if (given.check && bounds.some(({ verdict }) => verdict === 'fail')) process.exitCode = 1;
}

function pinning(core: number | undefined): string {
  return core === undefined ? 'no process is pinned to a core' : `each process is pinned to core ${core}`;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
