import * as grpc from '@grpc/grpc-js';
import { serve, UNARY, type Exchange } from './service.js';

export interface Interceptors {
  readonly server: grpc.ServerInterceptor[];
  readonly client: grpc.Interceptor[];
}

/** Starts a server, calls it once, closes both, and tells which spans that left. */
export function exchange(interceptors?: Interceptors): Promise<Exchange> {
  return serve(interceptors?.server ?? [], async (target) => {
    const client = new grpc.Client(target, grpc.credentials.createInsecure(), {
      interceptors: interceptors?.client ?? [],
    });
    const { path, requestSerialize, responseDeserialize } = UNARY;
    await new Promise<void>((resolve, reject) => {
      client.makeUnaryRequest(path, requestSerialize, responseDeserialize, { text: 'hello' }, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
    client.close();
  });
}
