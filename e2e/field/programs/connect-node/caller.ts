// #region integrations: connect-node
import type { HandlerContext } from '@connectrpc/connect';
import { ROOT_CONTEXT, propagation, type Context } from '@opentelemetry/api';

const headers = {
  get: (header: Headers, key: string) => header.get(key) ?? undefined,
  keys: (header: Headers) => [...header.keys()],
};

/** What a handler makes its spans and its calls in: `context.with(callerOf(handlerContext), …)`. */
export function callerOf({ requestHeader }: HandlerContext): Context {
  return propagation.extract(ROOT_CONTEXT, requestHeader, headers);
}
// #endregion
