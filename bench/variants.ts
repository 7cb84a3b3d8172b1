import type * as grpc from '@grpc/grpc-js';
import type { MeterProvider, TracerProvider } from '@opentelemetry/api';
import { tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import type { EchoClient } from '../protos/types/test/Echo';
import { byHandClient, byHandHandlers } from './by-hand.js';
import { HANDLERS } from './service.js';

/** What one variant adds to server and client. */
export interface Variant {
  readonly handlers: grpc.UntypedServiceImplementation;
  readonly serverOptions: grpc.ServerOptions;
  readonly clientOptions: grpc.ClientOptions;
  readonly client: (client: EchoClient) => EchoClient;
}

const BARE: Variant = { handlers: HANDLERS, serverOptions: {}, clientOptions: {}, client: (client) => client };

export function bare(): Variant {
  return BARE;
}

export function byHand(tracerProvider: TracerProvider | undefined): Variant {
  return {
    ...BARE,
    handlers: byHandHandlers(tracerProvider),
    client: (client) => byHandClient(client, tracerProvider),
  };
}

export function ours(tracerProvider: TracerProvider | undefined, meterProvider?: MeterProvider): Variant {
  const options = { tracerProvider, meterProvider };
  return {
    ...BARE,
    serverOptions: { interceptors: [tracingServerInterceptor(options)] },
    clientOptions: { interceptors: [tracingClientInterceptor(options)] },
  };
}
