import type { ServerInterceptingCall, ServerInterceptingCallInterface, ServerInterceptor } from '@grpc/grpc-js';
import { isTracedServerCall, markTraced } from '../call/once-per-call.js';
import type { ServerTracingOptions } from '../options/options.js';
import { resolveOptions } from '../options/settings.js';
import { requireSide } from '../options/sides.js';
import { hintTwice } from '../signals/hints.js';
import { ServerCall } from './call.js';

/**
 * Makes an interceptor that traces the calls that a server receives: one SERVER span per call, child of the caller's,
 * ended with what the client really got. Handlers, their stream events and `'cancelled'` run in the span's context.
 * Pass it first in `interceptors`: there it is closest to the wire and sees what the others answer.
 *
 * Calls of methods that are not registered never reach an interceptor, so they leave no span.
 *
 * @throws TypeError for an option that is wrong or unknown.
 *
 * @category Trace calls
 *
 * @example
 * ```ts
 * const server = new grpc.Server({ interceptors: [tracingServerInterceptor({ tracerProvider })] });
 * ```
 */
export function tracingServerInterceptor(options?: ServerTracingOptions): ServerInterceptor {
  const settings = resolveOptions('server', options);
  return (definition, call) => {
    requireSide('server', call);
    if (isTracedServerCall(definition)) {
      hintTwice.server();
      return untouched(call);
    }
    const observers = settings.observers();
    if (observers === undefined && !settings.propagates()) return untouched(call);
    const method = settings.methods.get(definition);
    const observed = observers !== undefined && method.isWanted() ? observers : undefined;
    if (observed !== undefined) markTraced(definition);
    return new ServerCall(call, settings, observed, method);
  };
}

/** The call as it is, at no cost. grpc-js's type wants its class, its code takes whatever has the methods, as every call has. */
function untouched(call: ServerInterceptingCallInterface): ServerInterceptingCall {
  return call as ServerInterceptingCall;
}
