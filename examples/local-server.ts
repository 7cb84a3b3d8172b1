import { promisify } from 'node:util';
import * as grpc from '@grpc/grpc-js';

/** A gRPC server of this process. */
export interface LocalServer {
  readonly address: string;
  /** Resolves when the calls in flight have ended, and with them their spans. */
  stop(): Promise<void>;
}

/** Starts a server on a free port. */
export async function listen(server: grpc.Server): Promise<LocalServer> {
  const bind = promisify(server.bindAsync.bind(server));
  const port = await bind('127.0.0.1:0', grpc.ServerCredentials.createInsecure());
  return { address: `127.0.0.1:${port}`, stop: () => stopped(server) };
}

/** Serves for as long as `use` takes, also when that fails. */
export async function whileServing(server: grpc.Server, use: (address: string) => Promise<void>): Promise<void> {
  const running = await listen(server);
  try {
    await use(running.address);
  } finally {
    await running.stop();
  }
}

/** No call of the examples lasts this long. */
const PATIENCE_MILLIS = 2000;

function stopped(server: grpc.Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.forceShutdown(), PATIENCE_MILLIS);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
