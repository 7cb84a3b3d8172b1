import type { RpcSide } from '../rpc/rpc-info.js';

/** What makes the interceptor of a side. */
export const INTERCEPTORS = { client: 'tracingClientInterceptor', server: 'tracingServerInterceptor' };

/**
 * Refuses an interceptor that was passed to the other side, which plain JavaScript lets happen: without this grpc-js
 * fails at the first call with an error that names neither.
 *
 * @param next - what grpc-js hands an interceptor after the method: a function on the client, a call on the server
 * @throws TypeError naming the interceptor and the one that belongs there.
 */
export function requireSide(side: RpcSide, next: unknown): void {
  if ((typeof next === 'function') === (side === 'client')) return;
  const other = side === 'client' ? 'server' : 'client';
  throw new TypeError(`${INTERCEPTORS[side]} was passed to a ${other}, which takes ${INTERCEPTORS[other]}`);
}
