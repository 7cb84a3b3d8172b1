// #region integrations: Fastify, Express
import { context, propagation } from '@opentelemetry/api';
import type { IncomingMessage } from 'node:http';

/** `server.addHook('onRequest', inCallersContext)` of Fastify, `app.use(inCallersContext)` of Express. */
export function inCallersContext({ headers }: Pick<IncomingMessage, 'headers'>, _: unknown, next: () => void): void {
  context.with(propagation.extract(context.active(), headers), next);
}
// #endregion
