import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Exchange } from './program/exchange.js';

const run = promisify(execFile);

const RUN_MILLIS = 60_000;

/** How a program is traced: by this package's interceptors, or by the auto instrumentation, which patches grpc-js. */
export type Tracing = 'here' | 'auto';

/** A program that runs programs, and its arguments before the file. */
export type Command = readonly [executable: string, ...args: readonly string[]];

/** Runs the program and reads what it printed. */
export async function runProgram(
  file: string,
  tracing: Tracing,
  [executable, ...args]: Command = [process.execPath],
): Promise<Exchange> {
  // Nothing else of this process's: it may have settings for an SDK or for Node.
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], TRACING: tracing };
  const { stdout } = await run(executable, [...args, file], { env, timeout: RUN_MILLIS });
  // The program prints one line of this form.
  return JSON.parse(stdout) as Exchange;
}
