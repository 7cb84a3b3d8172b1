import { promisify } from 'node:util';
import * as grpc from '@grpc/grpc-js';
import { tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import type { Telemetry } from './telemetry.js';

export interface RunningService {
  readonly address: string;
  /** Resolves when the calls in flight have ended. */
  stop(): Promise<void>;
}

/** A gRPC server on a port of its own, tracing with its own provider. */
export async function serve(telemetry: Telemetry, addTo: (server: grpc.Server) => void): Promise<RunningService> {
  const server = new grpc.Server({
    interceptors: [tracingServerInterceptor({ tracerProvider: telemetry.tracerProvider })],
  });
  addTo(server);
  const bind = promisify(server.bindAsync.bind(server));
  const port = await bind('127.0.0.1:0', grpc.ServerCredentials.createInsecure());
  return {
    address: `127.0.0.1:${port}`,
    stop: () => stopped(server),
  };
}

/** What a client of another service is made with, so that its calls are traced as this service's. */
export function tracedBy(telemetry: Telemetry): grpc.ClientOptions {
  return { interceptors: [tracingClientInterceptor({ tracerProvider: telemetry.tracerProvider })] };
}

/** No call of the demo lasts this long. */
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
