import { spawnSync } from 'node:child_process';
import parts from './parts.js';
import { mutantsOf, row, score, survivors } from './report.mjs';

// npm run mutation [-- part ...]: mutates lib/, part by part, and says what no test has noticed.

const GOAL = 90;

const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : parts.names;

for (const name of names) {
  const { status } = spawnSync('npx', ['stryker', 'run', 'scripts/mutation/stryker.config.mjs'], {
    env: { ...process.env, MUTATION_PART: name },
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1);
}

const ran = names.map((name) => [name, mutantsOf(name)]);
const all = ran.flatMap(([, mutants]) => mutants);
console.table([...ran.map(([name, mutants]) => row(name, mutants)), row('all', all)]);
for (const [name, mutants] of ran) console.log(['', name, ...survivors(mutants)].join('\n'));
if (score(all) < GOAL) {
  console.error(`${score(all).toFixed(1)} % is less than ${GOAL} %`);
  process.exitCode = 1;
}
