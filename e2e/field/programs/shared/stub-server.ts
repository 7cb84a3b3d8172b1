import * as grpc from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import { tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { serve } from './echo-service.js';
import { isTraced } from './spans.js';

export interface StubServer {
  readonly address: string;
  /** How many calls have come, by the method's path. */
  readonly calls: Readonly<Record<string, number>>;
  /** Resolves when no call is left. */
  close(): Promise<void>;
}

/**
 * A server of somebody's protocol, traced if this run is.
 *
 * @param descriptors the protocol's, as the library that speaks it carries them
 * @param services what it implements of them, by full name
 */
export async function serveStub(
  descriptors: Parameters<typeof fromJSON>[0],
  services: Readonly<Record<string, grpc.UntypedServiceImplementation>>,
): Promise<StubServer> {
  const calls: Record<string, number> = {};
  const count: grpc.ServerInterceptor = ({ path }, call) => {
    calls[path] = (calls[path] ?? 0) + 1;
    return new grpc.ServerInterceptingCall(call);
  };
  const server = new grpc.Server({ interceptors: isTraced ? [tracingServerInterceptor(), count] : [count] });
  const definitions = fromJSON(descriptors, { longs: String, enums: String, defaults: true, oneofs: true });
  for (const [name, implementation] of Object.entries(services)) {
    const definition = definitions[name];
    if (definition === undefined || 'format' in definition) throw new Error(`no service ${name}`);
    server.addService(definition, implementation);
  }
  return { ...(await serve(server)), calls };
}
