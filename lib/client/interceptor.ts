import type { InterceptingCall, Interceptor } from '@grpc/grpc-js';
import { isTracedClientCall, makeTraced } from '../call/once-per-call.js';
import type { ClientTracingOptions } from '../options/options.js';
import { resolveOptions } from '../options/settings.js';
import { requireSide } from '../options/sides.js';
import { hintTwice } from '../signals/hints.js';
import { ClientCall, type NextClientCall } from './call.js';

/**
 * Makes an interceptor that traces the calls of a client stub: one CLIENT span per logical call, retries inside, and
 * its context in the call's metadata. Pass it first in `interceptors`, so that it sees what the caller sees.
 *
 * Inside a context in which the SDK suppresses tracing, as exporters make it around their own calls, it does nothing.
 *
 * @throws TypeError for an option that is wrong or unknown.
 *
 * @category Trace calls
 *
 * @example
 * ```ts
 * const interceptors = [tracingClientInterceptor({ tracerProvider })];
 * const client = new Greeter('localhost:50051', grpc.credentials.createInsecure(), { interceptors });
 * ```
 */
export function tracingClientInterceptor(options?: ClientTracingOptions): Interceptor {
  const settings = resolveOptions('client', options);
  return (callOptions, nextCall) => {
    requireSide('client', nextCall);
    const { method_definition: definition } = callOptions;
    if (isTracedClientCall(definition, nextCall)) {
      hintTwice.client();
      return untouched(nextCall(callOptions));
    }
    const observers = settings.observers();
    if (observers === undefined && !settings.propagates()) return untouched(nextCall(callOptions));
    const method = settings.methods.get(definition);
    const observed = observers !== undefined && method.isWanted() ? observers : undefined;
    const next = observed === undefined ? nextCall(callOptions) : makeTraced(definition, nextCall, callOptions);
    return new ClientCall(next, settings, observed, method, definition);
  };
}

/** The call as it is, at no cost. grpc-js's type wants its class, its code takes whatever has the methods, as every call has. */
function untouched(call: NextClientCall): InterceptingCall {
  return call as InterceptingCall;
}
