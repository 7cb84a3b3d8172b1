import { fork } from 'node:child_process';
import { join } from 'node:path';

/** A Node to measure on. */
export interface NodeProgram {
  readonly version: string;
  readonly executable: string;
}

/** Runs a script that is sent one message and answers with one; gives the answer. */
export function inChild(
  { executable }: NodeProgram,
  script: string,
  flags: readonly string[],
  message: object | string,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = fork(script, [], {
      execPath: executable,
      execArgv: ['--expose-gc', ...flags, '--import', 'tsx'],
      // Without the mapping of the package's name to its sources: the built package is measured, as users run it.
      env: { ...process.env, TSX_TSCONFIG_PATH: join(__dirname, 'tsconfig.json') },
    });
    let answer: unknown;
    child.on('message', (received) => (answer = received));
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0 && answer !== undefined) resolve(answer);
      else reject(new Error(`the measuring process ended with ${String(code)}`));
    });
    child.send(message);
  });
}
