import { Etcd3, type IOptions } from 'etcd3';
import { tracingClientInterceptor } from 'grpc-js-opentelemetry';

/** As a stub of grpc-js takes it. */
export function connect(options: IOptions): Etcd3 {
  return new Etcd3({ ...options, grpcOptions: { interceptors: [tracingClientInterceptor()] } });
}
