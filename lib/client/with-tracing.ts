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
 */
export function withTracing(callOptions: CallOptions = {}, options: ClientTracingOptions = NO_OPTIONS): CallOptions {
  for (const key of Object.keys(callOptions)) {
    if (isOptionName(key))
      throw new TypeError(`withTracing: '${key}' belongs in its second argument, the tracing options`);
  }
  const known = interceptors.get(options);
  const tracing = known ?? tracingClientInterceptor(options);
  if (known === undefined) interceptors.set(options, tracing);
  const { interceptors: own, interceptor_providers: providers } = callOptions;
  if (own === undefined && providers === undefined) hintReplacing();
  if (providers !== undefined && providers.length > 0) {
    return { ...callOptions, interceptor_providers: [() => tracing, ...providers] };
  }
  return { ...callOptions, interceptors: [tracing, ...(own ?? [])] };
}
