import { execFile } from 'node:child_process';
import { cpus } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The core that processes can be pinned to: the last one, which the system itself uses least. Undefined where there is no `taskset`. */
export async function pinnableCore(): Promise<number | undefined> {
  const last = cpus().length - 1;
  return run('taskset', [...pinArguments(last), 'true']).then(
    () => last,
    () => undefined,
  );
}

/** For `taskset`, before the program. */
export function pinArguments(core: number): readonly string[] {
  return ['--cpu-list', String(core)];
}
