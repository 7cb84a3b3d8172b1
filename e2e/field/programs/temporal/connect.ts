// #region integrations: Temporal
import { Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import { tracingClientInterceptor } from 'grpc-js-opentelemetry';

export function connect(address: string): Promise<Connection> {
  // The second is what the list has where none is passed.
  const interceptors = [tracingClientInterceptor(), makeGrpcRetryInterceptor(defaultGrpcRetryOptions())];
  return Connection.connect({ address, interceptors });
}
// #endregion
