import * as grpc from '@grpc/grpc-js';
import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { tracingClientInterceptor, tracingServerInterceptor, type TracingOptions } from '../../lib/index.js';
import { Echo } from '../../tools/echo.js';

/** What a server stream to a slow reader took. */
export interface StreamRun {
  readonly received: number;
  /** The most messages that were written and not yet read. */
  readonly mostInFlight: number;
  /** The most that was held after a garbage collection, in bytes. */
  readonly mostHeld: number;
}

const SAMPLES = 20;

/** Node shows its collector only to those who ask when it starts, or so. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  // What V8 calls gc.
  return runInNewContext('gc') as () => void;
}

/** Streams `count` small messages to a reader that rests after each; without tracing where there are no options. */
export async function streamToSlowReader(count: number, tracing?: TracingOptions): Promise<StreamRun> {
  const collect = garbageCollector();
  let written = 0;
  let received = 0;
  let mostInFlight = 0;
  let mostHeld = 0;
  const server = new grpc.Server({ interceptors: tracing ? [tracingServerInterceptor(tracing)] : [] });
  server.addService(Echo.service, {
    ServerStream(call: grpc.ServerWritableStream<object, object>) {
      const write = async (): Promise<void> => {
        for (; written < count; written++) if (!call.write({ text: 'small', n: written })) await once(call, 'drain');
        call.end();
      };
      void write();
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  const client = new Echo(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
    interceptors: tracing ? [tracingClientInterceptor(tracing)] : [],
  });
  const call = client.ServerStream({});
  const sampleEvery = Math.ceil(count / SAMPLES);
  call.on('data', () => {
    call.pause();
    received++;
    mostInFlight = Math.max(mostInFlight, written - received);
    if (received % sampleEvery === 0) {
      collect();
      const { heapUsed, external } = process.memoryUsage();
      mostHeld = Math.max(mostHeld, heapUsed + external);
    }
    setImmediate(() => call.resume());
  });
  await once(call, 'end');
  client.close();
  await new Promise((resolve) => server.tryShutdown(resolve));
  return { received, mostInFlight, mostHeld };
}
