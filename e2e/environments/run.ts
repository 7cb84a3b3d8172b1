import { SpanKind } from '@opentelemetry/api';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Exchange } from './program/service.js';

const run = promisify(execFile);

const RUN_MILLIS = 60_000;

/** How a program is traced: by this package's interceptors, or by the auto instrumentation, which patches grpc-js. */
export type Tracing = 'here' | 'auto';

/** A program that runs programs, and its arguments before the file. */
export type Command = readonly [executable: string, ...args: readonly string[]];

/** Nothing of this process's own but where things are: it may have settings for an SDK or for Node. */
export function environmentOf(tracing: Tracing): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], HOME: process.env['HOME'], TRACING: tracing };
}

/** How many spans the call left that are linked: the server's a child of the client's. */
export function linkedSpans({ spans }: Exchange): number {
  const ofTheCall = spans.filter(({ name }) => name.includes('test.Echo/Unary'));
  const server = ofTheCall.find(({ kind }) => kind === SpanKind.SERVER);
  const client = ofTheCall.find(({ kind }) => kind === SpanKind.CLIENT);
  const isLinked = client !== undefined && server?.parentSpanId === client.spanId;
  return isLinked ? ofTheCall.length : 0;
}

/** Runs the program and reads what it printed. */
export async function runProgram(
  file: string,
  tracing: Tracing,
  [executable, ...args]: Command = [process.execPath],
): Promise<Exchange> {
  const { stdout } = await run(executable, [...args, file], { env: environmentOf(tracing), timeout: RUN_MILLIS });
  // The program prints one line of this form.
  return JSON.parse(stdout) as Exchange;
}
