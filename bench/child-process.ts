import { fork } from 'node:child_process';

/** What runs a script, the arguments before it included. */
export interface Command {
  readonly executable: string;
  readonly args: readonly string[];
}

/** Runs a script that is sent one message and answers with one; gives the answer. */
export function askChild({ executable, args }: Command, script: string, message: object | string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = fork(script, [], { execPath: executable, execArgv: [...args] });
    let answer: { readonly received: unknown } | undefined;
    child.on('message', (received) => (answer = { received }));
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0 && answer !== undefined) resolve(answer.received);
      else reject(new Error(`the measuring process ended with ${String(code)}`));
    });
    child.send(message);
  });
}
