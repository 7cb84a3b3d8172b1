// #region integrations: What a handler needs per call
import { ServerInterceptingCall, type ServerInterceptor } from '@grpc/grpc-js';
import { AsyncLocalStorage } from 'node:async_hooks';

export const ofCall = new AsyncLocalStorage<Map<string, unknown>>();

export const entering: ServerInterceptor = (_method, call) => {
  const values = new Map<string, unknown>();
  return new ServerInterceptingCall(call, {
    start: (next) =>
      next({
        onReceiveMetadata: (metadata, pass) => ofCall.run(values, pass, metadata),
        onReceiveMessage: (message, pass) => ofCall.run(values, pass, message),
        onReceiveHalfClose: (pass) => ofCall.run(values, pass),
      }),
  });
};
// #endregion
