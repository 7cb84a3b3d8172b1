import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Toolchain } from './part.js';

const run = promisify(execFile);

/** A command that ends well where the toolchain is whole. */
const PROBES: Readonly<Record<Toolchain, readonly [string, ...string[]]>> = {
  go: ['go', 'version'],
  java: ['javac', '-version'],
  maven: ['mvn', '--version'],
  // Debian has Python without these two in its smallest form.
  python: ['python3', '-c', 'import venv, ensurepip'],
};

/** Which of these toolchains the machine does not have. */
export async function missing(toolchains: readonly Toolchain[]): Promise<Toolchain[]> {
  const found = await Promise.all(toolchains.map(isThere));
  return toolchains.filter((_, index) => !found[index]);
}

async function isThere(toolchain: Toolchain): Promise<boolean> {
  const [command, ...args] = PROBES[toolchain];
  return run(command, args).then(
    () => true,
    () => false,
  );
}
