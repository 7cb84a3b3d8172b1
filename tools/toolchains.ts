import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What a part needs on the machine beside Node; of a version that is named, or later. */
export type Toolchain = 'Chromium' | 'etcd' | 'Go' | 'JDK 17' | 'Maven' | 'Prometheus' | 'Python 3.10 with venv';

const run = promisify(execFile);

/** A command that ends well where the toolchain is whole. */
const PROBES: Readonly<Record<Toolchain, readonly [string, ...string[]]>> = {
  Chromium: ['chromium', '--version'],
  etcd: ['etcd', '--version'],
  Go: ['go', 'version'],
  'JDK 17': ['javac', '--release', '17', '-version'],
  Maven: ['mvn', '--version'],
  Prometheus: ['prometheus', '--version'],
  // Debian has Python without these two in its smallest form.
  'Python 3.10 with venv': ['python3', '-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))'],
};

/** Which of these toolchains the machine does not have. */
export async function missing(toolchains: readonly Toolchain[], env = process.env): Promise<Toolchain[]> {
  const found = await Promise.all(toolchains.map((toolchain) => isThere(toolchain, env)));
  return toolchains.filter((_, index) => !found[index]);
}

async function isThere(toolchain: Toolchain, env: NodeJS.ProcessEnv): Promise<boolean> {
  const [command, ...args] = PROBES[toolchain];
  return run(command, args, { env }).then(
    () => true,
    () => false,
  );
}
