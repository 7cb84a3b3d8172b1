import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../../tools/places.js';
import { RepositoryProgram } from '../../../tools/repository-program.js';

/** A path that nothing is on: what is installed or built here would fail. */
let nothing: string;

beforeAll(async () => {
  nothing = await mkdtemp(join(tmpdir(), 'field-'));
});

afterAll(() => rm(nothing, { recursive: true }));

const run = (...parts: string[]) => new RepositoryProgram('e2e/field/main.ts', { PATH: nothing }, parts).finish();

it('a part that is named fails without its toolchain, and the page stays as it is', async () => {
  const page = await readFile(join(ROOT, 'docs/integrations.md'), 'utf8');
  const { code, stdout } = await run('command-line');
  const failed = 'command-line failed: this machine has no Go';
  expect(stdout).toEqual([failed, failed, '0 parts passed, 1 failed, 0 left out']);
  expect(code).toBe(1);
  expect(await readFile(join(ROOT, 'docs/integrations.md'), 'utf8')).toBe(page);
});

it('a part that there is not is refused before anything is installed', async () => {
  const { code, stdout, stderr } = await run('nobody');
  expect(stdout).toEqual([]);
  expect(stderr.join('\n')).toContain('no part nobody; there are ');
  expect(code).toBe(1);
});
