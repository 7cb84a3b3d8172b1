// #region integrations: nice-grpc
import { tracingChannel, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { createChannel, createServer, type Channel, type Server } from 'nice-grpc';

export function tracedServer(): Server {
  return createServer({ interceptors: [tracingServerInterceptor()] });
}

/** For `createClient(EchoDefinition, channel)`. */
export function tracedChannel(address: string): Channel {
  return tracingChannel(createChannel(address));
}
// #endregion
