import { writeFileSync } from 'node:fs';
import { benchArguments, USAGE, type BenchArguments } from './arguments.js';
import { checks } from './bounds.js';
import { documentOf, serialized } from './document.js';
import { nodePrograms } from './nodes.js';
import type { Run } from './plan.js';
import { runPlan } from './process.js';
import { checkTable, resultTable, title } from './report.js';
import { summarize } from './summary.js';

async function main(): Promise<void> {
  const given = benchArguments(process.argv.slice(2));
  if (given === undefined) {
    console.log(USAGE);
    return;
  }
  const results = summarize(await runAll(given));
  if (given.repeat > 1) {
    console.log(`\nMedians of ${given.repeat} runs`);
    for (const result of results) console.log(`\n${title(result, result.node)}\n\n${resultTable(result)}`);
  }
  if (given.json !== undefined) writeFileSync(given.json, serialized(documentOf(results)));
  const bounds = checks(results);
  if (bounds.length > 0) console.log(`\n${checkTable(bounds)}`);
  const hold = bounds.length > 0 && bounds.every(({ verdict }) => verdict === 'pass' || verdict === 'unclear');
  if (given.check && !hold) process.exitCode = 1;
}

/** Everything once, then everything again: so a run's ratios come from other minutes than the next one's. */
async function runAll({ plans, variants, repeat, nodes }: BenchArguments): Promise<readonly Run[]> {
  const programs = await nodePrograms(nodes);
  const total = repeat * programs.length * plans.length;
  const runs: Run[] = [];
  for (let i = 0; i < repeat; i++) {
    for (const program of programs) {
      for (const plan of plans) {
        console.error(`${runs.length + 1}/${total} ${title(plan, program.version)}`);
        const run = { ...plan, node: program.version, figures: await runPlan(program, plan, variants) };
        for (const result of summarize([run])) console.log(`\n${title(plan, run.node)}\n\n${resultTable(result)}\n`);
        runs.push(run);
      }
    }
  }
  return runs;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
