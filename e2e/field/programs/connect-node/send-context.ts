// #region integrations: connect-node
import type { Interceptor } from '@connectrpc/connect';
import { context, propagation } from '@opentelemetry/api';

/** For `createGrpcTransport({ interceptors: [sendContext] })`. */
export const sendContext: Interceptor = (next) => (request) => {
  propagation.inject(context.active(), request.header, { set: (header, key, value) => header.set(key, value) });
  return next(request);
};
// #endregion
