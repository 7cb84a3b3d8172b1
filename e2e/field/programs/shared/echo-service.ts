import * as grpc from '@grpc/grpc-js';
import type { EchoHandlers } from '../../../../protos/types/test/Echo';
import { Echo } from '../../../../tools/echo.js';
import { invoke, SHAPES, type Result } from '../../../../tools/invoke.js';

/** A request that every handler refuses. */
export const REFUSED = 'refuse';

const refusal = { code: grpc.status.NOT_FOUND, details: 'no such thing' };

/** Each answers with what it was sent. */
export const echoHandlers: EchoHandlers = {
  Unary({ request }, callback) {
    if (request.text === REFUSED) callback(refusal);
    else callback(null, request);
  },
  ClientStream(call, callback) {
    const texts: string[] = [];
    call.on('data', ({ text }: { text: string }) => texts.push(text));
    call.on('end', () => callback(null, { text: texts.join() }));
  },
  ServerStream(call) {
    call.write(call.request);
    call.write(call.request);
    call.end();
  },
  Bidi(call) {
    call.on('data', (message) => call.write(message));
    call.on('end', () => call.end());
  },
};

export interface Serving {
  readonly address: string;
  /** Resolves when no call is left. */
  close(): Promise<void>;
}

/** Starts the server on a free port of the loopback. */
export async function serve(server: grpc.Server): Promise<Serving> {
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return {
    address: `127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.tryShutdown((error) => (error ? reject(error) : resolve()));
      }),
  };
}

/** An echo service on grpc-js. */
export function serveEcho(interceptors: grpc.ServerInterceptor[]): Promise<Serving> {
  const server = new grpc.Server({ interceptors });
  server.addService(Echo.service, echoHandlers);
  return serve(server);
}

/** One call of each shape and one that is refused, by a stub of grpc-js; what they came to. */
export async function callEcho(address: string, interceptors: grpc.Interceptor[]): Promise<readonly Result[]> {
  const client = new Echo(address, grpc.credentials.createInsecure(), { interceptors });
  const results: Result[] = [];
  for (const shape of SHAPES) results.push(await invoke(client, shape).result);
  results.push(await invoke(client, 'Unary', { text: REFUSED }).result);
  client.close();
  return results;
}
