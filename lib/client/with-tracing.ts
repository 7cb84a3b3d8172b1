import type { CallOptions, Interceptor } from '@grpc/grpc-js';
import type { ClientTracingOptions } from '../options/options.js';
import { isOptionName } from '../options/rules.js';
import { hintReplacing } from '../signals/hints.js';
import { tracingClientInterceptor } from './interceptor.js';

const interceptors = new WeakMap<ClientTracingOptions, Interceptor>();
const NO_OPTIONS: ClientTracingOptions = {};

/**
 * Puts tracing first among a call's own interceptors. grpc-js lets those of a call replace those of its client, so
 * without this a call that brings its own is not traced.
 *
 * For such calls only: on a call that brings none, the list that is made here replaces the client's interceptors, its
 * authorization among them. That is told once through `diag`; `interceptors: []` says that it is meant.
 *
 * Hand in the same options object at every call: its interceptor is made once and kept.
 *
 * @param callOptions the call's options; they are not changed. Where they bring `interceptor_providers`, tracing
 *   becomes the first of those, since grpc-js refuses a call that brings both kinds.
 * @throws TypeError for an option that is wrong or unknown, or among the options of the call.
 *
 * @category Reach every client
 *
 * @example
 * ```ts
 * const tracing = { filter: not(healthCheck) };
 * client.sayHello(request, metadata, withTracing({ interceptors: [retrying], deadline }, tracing), callback);
 * ```
 */
export function withTracing(callOptions: CallOptions = {}, options: ClientTracingOptions = NO_OPTIONS): CallOptions {
  for (const key of Object.keys(callOptions)) {
    if (isOptionName(key))
      throw new TypeError(`withTracing: '${key}' belongs in its second argument, the tracing options`);
  }
  const known = interceptors.get(options);
  const tracing = known ?? tracingClientInterceptor(options);
  if (known === undefined) interceptors.set(options, tracing);
  if (!bringsList(callOptions)) hintReplacing.withTracing();
  return tracedFirst(callOptions, tracing);
}

/** Whether a call says itself which interceptors it has, be it none. */
export function bringsList({ interceptors: own, interceptor_providers: providers }: CallOptions): boolean {
  return own !== undefined || providers !== undefined;
}

/** The options with this interceptor first in the call's own list, of whichever kind that is. */
export function tracedFirst(callOptions: CallOptions, tracing: Interceptor): CallOptions {
  const { interceptors: own = [], interceptor_providers: providers = [] } = callOptions;
  return providers.length > 0
    ? { ...callOptions, interceptor_providers: [() => tracing, ...providers] }
    : { ...callOptions, interceptors: [tracing, ...own] };
}
