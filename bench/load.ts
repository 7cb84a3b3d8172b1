import { status, type StatusObject } from '@grpc/grpc-js';
import type { Readable } from 'node:stream';
import type { EchoClient } from '../protos/types/test/Echo';

/** What one call of the load is. */
export type Load = 'unary' | `server stream of ${number}` | `bidi of ${number}`;

function messagesOf(load: Load): number {
  return Number(load.split(' of ')[1] ?? 1);
}

function callOnce(client: EchoClient, load: Load, done: (error?: Error) => void): void {
  if (load === 'unary') {
    client.Unary({ text: 'hello' }, (error) => done(error ?? undefined));
    return;
  }
  const n = messagesOf(load);
  if (load.startsWith('server')) {
    consume(client.ServerStream({ text: 'hello', n }), done);
    return;
  }
  const stream = client.Bidi();
  consume(stream, done);
  for (let i = 0; i < n; i++) stream.write({ text: 'hello' });
  stream.end();
}

function consume(stream: Readable, done: (error?: Error) => void): void {
  stream.on('data', () => undefined);
  stream.on('error', () => undefined);
  stream.on('status', ({ code, details }: StatusObject) => done(code === status.OK ? undefined : new Error(details)));
}

/** Makes `calls` calls, `inFlight` at a time; tells how long each took, in milliseconds, if there is room to say so. */
export function runLoad(
  client: EchoClient,
  load: Load,
  calls: number,
  inFlight: number,
  latencies?: Float64Array,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let started = 0;
    let finished = 0;
    const next = (): void => {
      const index = started++;
      if (index >= calls) return;
      const startedAt = performance.now();
      callOnce(client, load, (error) => {
        if (error) {
          reject(error);
          return;
        }
        if (latencies !== undefined) latencies[index] = performance.now() - startedAt;
        finished++;
        if (finished === calls) resolve();
        else next();
      });
    };
    for (let i = 0; i < Math.min(inFlight, calls); i++) next();
  });
}
