import { Transport, type GrpcOptions } from '@nestjs/microservices';
import { tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { join } from 'node:path';

const definition = {
  package: 'demo',
  protoPath: join(__dirname, '../../protos/demo.proto'),
  loader: { defaults: true },
};

/** The recipe for a server: Nest hands `channelOptions` on to `new grpc.Server()`, interceptors included. */
export function serverOptions(url: string): GrpcOptions {
  const channelOptions = { interceptors: [tracingServerInterceptor()] };
  return { transport: Transport.GRPC, options: { ...definition, url, channelOptions } };
}

/** The recipe for a client: Nest hands `channelOptions` on to the stub's constructor, interceptors included. */
export function clientOptions(url: string): GrpcOptions {
  const channelOptions = { interceptors: [tracingClientInterceptor()] };
  return { transport: Transport.GRPC, options: { ...definition, url, channelOptions } };
}
