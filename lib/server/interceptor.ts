import { status, type Metadata, type ServerInterceptingCallInterface, type ServerInterceptor } from '@grpc/grpc-js';
import { isSpanContextValid, trace, type Context } from '@opentelemetry/api';
import type { CallStart } from '../call/call.js';
import { CallSpan } from '../call/call-span.js';
import { isTraced, markTraced } from '../call/once-per-call.js';
import type { Method } from '../conventions/method-table.js';
import { addPreviousAttempts } from '../conventions/previous-attempts.js';
import { ATTR_PEER_SERVICE } from '../conventions/semconv.js';
import type { ServerTracingOptions } from '../options/options.js';
import { resolveOptions, type TracingSettings } from '../options/settings.js';
import { requireSide } from '../options/sides.js';
import { serviceNameOf } from '../propagation/service-name.js';
import { isTracingSuppressed } from '../propagation/suppression.js';
import type { CallOutcome } from '../rpc/status.js';
import { hintTwice } from '../signals/hints.js';
import type { Observers } from '../signals/observers.js';
import { peerOf, serverOf } from './addresses.js';
import { DirectServerCall, PropagatingServerCall, type ServerStatus } from './call.js';
import { awaitsClose, deadlineOf, serverOutcome, streamOf, type EndedServerCall } from './outcome.js';

/**
 * Makes an interceptor that traces the calls that a server receives: one SERVER span per call, child of the caller's,
 * ended with what the client really got. Handlers, their stream events and `'cancelled'` run in the span's context.
 * Pass it first in `interceptors`: there it is closest to the wire and sees what the others answer.
 *
 * Calls of methods that are not registered never reach an interceptor, so they leave no span.
 *
 * @throws TypeError for an option that is wrong or unknown.
 */
export function tracingServerInterceptor(options?: ServerTracingOptions): ServerInterceptor {
  const settings = resolveOptions('server', options);
  return (definition, call) => {
    requireSide('server', call);
    if (isTraced(definition)) {
      hintTwice.server();
      return new DirectServerCall(call);
    }
    const observers = settings.observers();
    if (observers === undefined && !settings.propagates()) return new DirectServerCall(call);
    const method = settings.methods.get(definition);
    if (observers === undefined || !method.isWanted()) return new PropagatingServerCall(call, settings, method);
    markTraced(definition);
    return new TracedServerCall(call, settings, method, observers);
  };
}

/** A call that has a span, too. */
class TracedServerCall extends PropagatingServerCall {
  private callSpan: CallSpan | undefined;
  private wanted: ServerStatus | undefined;
  private halfClosed = false;

  constructor(
    next: ServerInterceptingCallInterface,
    settings: TracingSettings,
    method: Method,
    private readonly observers: Observers,
  ) {
    super(next, settings, method);
  }

  override sendMetadata(metadata: Metadata): void {
    this.callSpan?.responseMetadata(metadata);
    super.sendMetadata(metadata);
  }

  override sendMessage(message: unknown, callback: () => void): void {
    this.callSpan?.messageSent();
    super.sendMessage(message, callback);
  }

  override sendStatus(status: ServerStatus): void {
    // Only the first one can be sent.
    this.wanted ??= status;
    super.sendStatus(status);
  }

  override onReceiveMessage(message: unknown): void {
    this.callSpan?.messageReceived();
    super.onReceiveMessage(message);
  }

  override onReceiveHalfClose(): void {
    this.halfClosed = true;
    super.onReceiveHalfClose();
  }

  override onCancel(): void {
    const { callSpan } = this;
    const call = callSpan?.observed ? this.endedCall() : undefined;
    try {
      super.onCancel();
    } finally {
      if (call !== undefined) this.endWith(call);
      else callSpan?.end(UNSEEN);
    }
  }

  protected override handlerContext(): Context {
    return this.callSpan?.context ?? super.handlerContext();
  }

  /** The span starts here, not in `start`: a stream that is gone by then calls no listener, and a span would leak. */
  protected override begin(metadata: Metadata): void {
    const active = this.activeContext();
    if (isTracingSuppressed(active)) this.callContext = active;
    else this.callSpan = new CallSpan(this.settings, this.callStart(active, metadata));
  }

  /** With the caller's span as the parent, or as a link where the caller is not trusted. */
  private callStart(active: Context, metadata: Metadata): CallStart {
    const { observers } = this;
    const { rpc } = this.method;
    const attributes = this.method.startAttributes(serverOf(this.next), peerOf(this.next));
    addPreviousAttempts(attributes, metadata);
    const extracted = this.extracted(active, metadata);
    if (this.settings.trusts(rpc, metadata)) {
      const caller = serviceNameOf(extracted);
      if (caller !== undefined) attributes[ATTR_PEER_SERVICE] = caller;
      return { rpc, observers, metadata, parent: extracted, attributes };
    }
    const remote = trace.getSpanContext(extracted);
    const isCaller = remote !== undefined && remote !== trace.getSpanContext(active) && isSpanContextValid(remote);
    return { rpc, observers, metadata, parent: active, attributes, links: isCaller ? [{ context: remote }] : [] };
  }

  /** Where the stream has yet to say whether the client got the status, at its close. */
  private endWith(call: EndedServerCall): void {
    // It closes once, and a listener of that kind costs less than one that takes itself off.
    if (call.stream !== undefined && awaitsClose(call)) call.stream.on('close', () => this.end(call));
    else this.end(call);
  }

  private end(call: EndedServerCall): void {
    const outcome = serverOutcome(call);
    // The handler's trailers belong to the handler's status: no other brings them.
    const trailer = outcome === this.wanted ? this.wanted.metadata : undefined;
    this.callSpan?.end(outcome, { trailer, endTime: call.endTime });
    // grpc-js may keep a call for as long as its connection lives.
    this.wanted = undefined;
  }

  private endedCall(): EndedServerCall {
    return {
      stream: streamOf(this.next),
      wanted: this.wanted,
      halfClosed: this.halfClosed,
      deadline: deadlineOf(this.next),
      endedAt: Date.now(),
      endTime: performance.now(),
    };
  }
}

/** What a call came to that nobody looks at. */
const UNSEEN: CallOutcome = { code: status.OK, details: '' };
