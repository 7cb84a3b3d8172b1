import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { goOnWithoutReader } from '../without-reader.js';

/** The server's one line, with the address that it got: it is told to take any free port. */
const READY = /listens on (\S+)/;

async function addressOf(serverOutput: Readable): Promise<string> {
  for await (const line of createInterface(serverOutput)) {
    console.log(line);
    const address = READY.exec(line)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error('the server ended before it listened');
}

function command(program: string): string[] {
  return [...process.execArgv, join(__dirname, program)];
}

async function exitCode(child: ChildProcess): Promise<number> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode ?? 1;
}

/** Server and client, each in a process of its own, as two terminals would run them. */
async function main(): Promise<void> {
  goOnWithoutReader();
  const server = spawn(process.execPath, command('server.ts'), {
    env: { ...process.env, GREETER_ADDRESS: '127.0.0.1:0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const client = spawn(process.execPath, [...command('client.ts'), ...process.argv.slice(2)], {
      env: { ...process.env, GREETER_ADDRESS: await addressOf(server.stdout) },
      stdio: 'inherit',
    });
    // The client ends by itself then, and the server after it.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => client.kill(signal));
    process.exitCode = await exitCode(client);
  } finally {
    server.kill('SIGTERM');
    await exitCode(server);
  }
}

main().catch((error: unknown) => {
  console.error(String(error));
  process.exitCode = 1;
});
