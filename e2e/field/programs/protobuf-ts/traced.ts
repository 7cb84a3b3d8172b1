// #region integrations: protobuf-ts
import { credentials } from '@grpc/grpc-js';
import { GrpcTransport } from '@protobuf-ts/grpc-transport';
import { tracingClientInterceptor } from 'grpc-js-opentelemetry';

/** For `new EchoClient(transport)`. */
export function tracedTransport(host: string): GrpcTransport {
  const clientOptions = { interceptors: [tracingClientInterceptor()] };
  return new GrpcTransport({ host, channelCredentials: credentials.createInsecure(), clientOptions });
}
// #endregion
