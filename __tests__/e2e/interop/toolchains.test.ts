import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOCUMENT } from '../../../e2e/interop/matrix.js';
import { PARTS } from '../../../e2e/interop/parts.js';
import { missing } from '../../../tools/toolchains.js';
import { ROOT } from '../../../tools/places.js';
import { RepositoryProgram } from '../../../tools/repository-program.js';

const MATRIX = join(ROOT, DOCUMENT);

/** All that is on the path. */
let commands: string;

beforeEach(async () => {
  commands = await mkdtemp(join(tmpdir(), 'toolchains-'));
});

afterEach(async () => {
  await rm(commands, { recursive: true });
});

async function install(command: string, script: string): Promise<void> {
  const path = join(commands, command);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
}

it('a toolchain whose command ends well is there; one that fails or cannot be found is missing', async () => {
  await install('go', 'exit 0');
  await install('mvn', 'exit 1');
  expect(await missing(['Maven', 'Go', 'JDK 17'], { PATH: commands })).toEqual(['Maven', 'JDK 17']);
});

it('a JDK that cannot compile for Java 17 is missing', async () => {
  await install('javac', '[ "$2" -le 11 ]');
  expect(await missing(['JDK 17'], { PATH: commands })).toEqual(['JDK 17']);
});

describe('npm run interop without a toolchain', () => {
  const run = (...parts: string[]) => new RepositoryProgram('e2e/interop/main.ts', { PATH: commands }, parts).finish();

  it('leaves the parts out, says which and why, and does not touch the matrix', async () => {
    const before = await readFile(MATRIX, 'utf8');
    const { code, stdout, stderr } = await run();
    const leftOut = PARTS.map(({ name, needs = [] }) => `${name} left out: this machine has no ${needs.join(', no ')}`);
    expect(stdout).toEqual([...leftOut, ...leftOut, `0 parts passed, 0 failed, ${PARTS.length} left out`]);
    expect(leftOut).toContain('relay left out: this machine has no Go, no JDK 17, no Maven, no Python 3.10 with venv');
    expect({ code, stderr }).toEqual({ code: 0, stderr: [] });
    expect(await readFile(MATRIX, 'utf8')).toBe(before);
  });

  it('fails where the part was named', async () => {
    const { code, stdout } = await run('java');
    const failed = 'java failed: this machine has no JDK 17, no Maven';
    expect(stdout).toEqual([failed, failed, '0 parts passed, 1 failed, 0 left out']);
    expect(code).toBe(1);
  });
});
