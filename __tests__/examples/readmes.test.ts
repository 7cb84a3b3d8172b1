import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../tools/places.js';
import { RepositoryProgram } from '../../tools/repository-program.js';
import { comparable, outputInReadme } from '../helpers/example-output.js';
import { tableRows } from '../helpers/readme.js';

const programs: RepositoryProgram[] = [];

afterEach(async () => {
  for (const program of programs.splice(0)) await program.kill();
});

const EXAMPLES = ['otlp', 'streaming', 'metrics', 'filters', 'public-endpoint', 'tenants', 'trace-bin', 'logs'];

test.each(EXAMPLES)('%s prints what its README shows', async (example) => {
  const program = new RepositoryProgram(`examples/${example}/main.ts`);
  programs.push(program);
  const { code, stdout, stderr } = await program.ended;

  expect({ code, stderr }).toEqual({ code: 0, stderr: [] });
  expect(comparable(stdout)).toEqual(comparable(outputInReadme(example)));
  // Log lines are JSON, and as long as they are.
  const widest = Math.max(...stdout.map((line) => line.length));
  expect(widest).toBeLessThanOrEqual(example === 'logs' ? Infinity : 80);
});

/** The scripts that a text tells to run. */
function scriptsIn(text: string): string[] {
  return [...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, script]) => String(script));
}

const file = (...path: string[]): string => readFileSync(join(ROOT, ...path), 'utf8');

/** Every folder is an example. */
const FOLDERS = readdirSync(join(ROOT, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** Of the examples whose configurations are run by programs of others. */
const PROGRAMS: Readonly<Record<string, string>> = {
  // It wants Go and builds for minutes, as the part of the interop does that it is a small run of.
  collector: 'e2e/interop/collector/example.ts',
  dashboard: 'e2e/dashboard/main.ts',
};

test.each(FOLDERS)('%s is run by one command, which both READMEs name', (example) => {
  const command = example === 'demo' ? 'demo' : `example:${example}`;

  expect(file('package.json')).toMatch(new RegExp(`"${command}": "tsx ${PROGRAMS[example] ?? `examples/${example}/`}`));
  expect(scriptsIn(file('examples', example, 'README.md'))).toContain(command);
  expect(tableRows('Examples', file('examples', 'README.md')).flatMap(([first]) => scriptsIn(String(first)))).toContain(
    command,
  );
  // The peers' step runs it.
  if (example === 'collector') return;
  expect(scriptsIn(file('.ci/run'))).toContain(command);
});
