import type { CallInvocationTransformer } from '@grpc/grpc-js';
import { inspect } from 'node:util';
import type { ClientTracingOptions } from '../options/options.js';
import { hintReplacing } from '../signals/hints.js';
import { tracingClientInterceptor } from './interceptor.js';
import { bringsList, tracedFirst } from './with-tracing.js';

/**
 * Makes a transformer that traces every call of a client, for libraries that hand `'grpc.callInvocationTransformer'` on to
 * their stubs and no interceptors, as Google's clients do. Tracing becomes the first of the call's own interceptors.
 *
 * On a client that has interceptors of its own that list replaces theirs, as grpc-js has it, which is told once through
 * `diag`: such a client takes {@link tracingClientInterceptor} itself.
 *
 * @param next a transformer that is there already; it comes first, tracing sees what it has made of the call.
 * @throws TypeError for an option that is wrong or unknown, and for a `next` that is no function.
 *
 * @category Reach every client
 *
 * @example
 * ```ts
 * const tracing = { 'grpc.callInvocationTransformer': tracingCallInvocationTransformer({ tracerProvider }) };
 * const pubsub = new PubSub({ projectId, ...tracing });
 * ```
 */
export function tracingCallInvocationTransformer(
  options?: ClientTracingOptions,
  next?: CallInvocationTransformer,
): CallInvocationTransformer {
  requireTransformer(next);
  const tracing = tracingClientInterceptor(options);
  return function transform(this: unknown, asked) {
    const properties = next === undefined ? asked : next.call(this, asked);
    const { callOptions } = properties;
    if (!bringsList(callOptions) && hasInterceptors(this)) hintReplacing.transformer();
    return { ...properties, callOptions: tracedFirst(callOptions, tracing) };
  };
}

/** Callers without type checking pass anything. */
function requireTransformer(next: unknown): void {
  if (next === undefined || typeof next === 'function') return;
  throw new TypeError(`tracingCallInvocationTransformer: expected a transformer, got ${inspect(next, { depth: 0 })}`);
}

/** Of the client that grpc-js asks for. It keeps its lists under symbols of its own, of which nothing more is known. */
function hasInterceptors(client: unknown): boolean {
  if (typeof client !== 'object' || client === null) return false;
  return Object.getOwnPropertySymbols(client).some((symbol) => {
    const member: unknown = Reflect.get(client, symbol);
    return Array.isArray(member) && member.length > 0;
  });
}
