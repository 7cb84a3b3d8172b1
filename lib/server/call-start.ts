import type { Metadata, ServerInterceptingCallInterface } from '@grpc/grpc-js';
import { isSpanContextValid, trace, type Context } from '@opentelemetry/api';
import type { CallStart } from '../call/call-start.js';
import type { Method } from '../conventions/method-table.js';
import { addPreviousAttempts } from '../conventions/previous-attempts.js';
import type { TracingSettings } from '../options/settings.js';
import { extracted } from '../propagation/extracted.js';
import { serviceNameOf } from '../propagation/service-name.js';
import { identityOf, isSameSpan } from '../propagation/span-identity.js';
import { peerOf, serverOf } from './addresses.js';
import { deadlineOf } from './outcome.js';

/**
 * What a server call starts with: the caller's span is its parent, or a link where the caller is not trusted.
 *
 * @param active - the context that an interceptor closer to the wire has made for the call, else the root
 */
export function callStart(
  call: ServerInterceptingCallInterface,
  method: Method,
  settings: TracingSettings,
  active: Context,
  metadata: Metadata,
): CallStart {
  const { rpc } = method;
  const attributes = method.startAttributes(serverOf(call), peerOf(call));
  addPreviousAttempts(attributes, metadata);
  // Read by everybody, it would be a number in a box for each call.
  const deadline = settings.asksDetails ? deadlineOf(call) : undefined;
  const parent = extracted(settings.propagator, active, metadata);
  if (settings.trusts(rpc, metadata)) {
    const caller = serviceNameOf(parent);
    if (caller !== undefined) for (const { callerName } of settings.conventions) attributes[callerName] = caller;
    return { method, metadata, parent, deadline, attributes };
  }
  const caller = trace.getSpan(parent);
  const remote = isSameSpan(caller, trace.getSpan(active)) ? undefined : identityOf(caller);
  const links = remote !== undefined && isSpanContextValid(remote) ? [{ context: remote }] : [];
  return { method, metadata, parent: active, deadline, attributes, links };
}
