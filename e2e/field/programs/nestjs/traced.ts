// #region integrations: NestJS
import { Transport, type GrpcOptions } from '@nestjs/microservices';
import { tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';

const definition = { package: 'test', protoPath: 'protos/echo.proto' };

/** For `NestFactory.createMicroservice`. */
export function serverOptions(url: string): GrpcOptions {
  const channelOptions = { interceptors: [tracingServerInterceptor()] };
  return { transport: Transport.GRPC, options: { ...definition, url, channelOptions } };
}

/** For `ClientsModule.register`. */
export function clientOptions(url: string): GrpcOptions {
  const channelOptions = { interceptors: [tracingClientInterceptor()] };
  return { transport: Transport.GRPC, options: { ...definition, url, channelOptions } };
}
// #endregion
