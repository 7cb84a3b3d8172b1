import * as grpc from '@grpc/grpc-js';
import {
  tracingClientInterceptor,
  tracingServerInterceptor,
  type ClientTracingOptions,
  type ServerTracingOptions,
  type TracingOptions,
} from 'grpc-js-opentelemetry';
import { promisify } from 'node:util';
import type { EchoClient } from '../../protos/types/test/Echo';
import { Echo } from '../../tools/echo.js';
import { passingOn } from './passing-on.js';

/** In the order of a call: each calls the next. */
export type Service = 'visitor' | 'greeter' | 'translator';

/**
 * Has a greeter and a translator serve in this process for as long as `use` takes: what the visitor asks of the greeter, the
 * greeter asks of the translator. Each traces for itself.
 */
export async function whileServing(
  tracing: Readonly<Record<Service, TracingOptions>>,
  translator: grpc.UntypedServiceImplementation,
  use: (greeter: EchoClient) => Promise<void>,
): Promise<void> {
  const behind = await serve(translator, tracing.translator);
  const toTranslator = clientOf(behind, tracing.greeter);
  const front = await serve(passingOn(toTranslator), tracing.greeter);
  const toGreeter = clientOf(front, tracing.visitor);
  try {
    await use(toGreeter);
  } finally {
    toGreeter.close();
    await front.stop();
    toTranslator.close();
    await behind.stop();
  }
}

interface Running {
  readonly address: string;
  /** Resolves when the calls in flight have ended. */
  stop(): Promise<void>;
}

async function serve(handlers: grpc.UntypedServiceImplementation, tracing: ServerTracingOptions): Promise<Running> {
  const server = new grpc.Server({ interceptors: [tracingServerInterceptor(tracing)] });
  server.addService(Echo.service, handlers);
  const bind = promisify(server.bindAsync.bind(server));
  const port = await bind('127.0.0.1:0', grpc.ServerCredentials.createInsecure());
  return { address: `127.0.0.1:${port}`, stop: promisify(server.tryShutdown.bind(server)) };
}

function clientOf({ address }: Running, tracing: ClientTracingOptions): EchoClient {
  return new Echo(address, grpc.credentials.createInsecure(), { interceptors: [tracingClientInterceptor(tracing)] });
}
