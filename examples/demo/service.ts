import * as grpc from '@grpc/grpc-js';
import { tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { listen, type LocalServer } from '../local-server.js';
import type { Telemetry } from './telemetry.js';

/** A gRPC server on a port of its own, tracing with its own provider. */
export async function serve(telemetry: Telemetry, addTo: (server: grpc.Server) => void): Promise<LocalServer> {
  const server = new grpc.Server({
    interceptors: [tracingServerInterceptor({ tracerProvider: telemetry.tracerProvider })],
  });
  addTo(server);
  return listen(server);
}

/** What a client of another service is made with, so that its calls are traced as this service's. */
export function tracedBy(telemetry: Telemetry): grpc.ClientOptions {
  return { interceptors: [tracingClientInterceptor({ tracerProvider: telemetry.tracerProvider })] };
}
