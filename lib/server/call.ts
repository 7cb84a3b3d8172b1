import { ServerInterceptingCall, status, type Metadata, type ServerInterceptingCallInterface } from '@grpc/grpc-js';
import { context, ROOT_CONTEXT, trace, type Context } from '@opentelemetry/api';
import { CallSpan } from '../call/call-span.js';
import type { Method } from '../conventions/method-table.js';
import type { TracingSettings } from '../options/settings.js';
import { extracted } from '../propagation/extracted.js';
import { isSameSpan } from '../propagation/span-identity.js';
import { isTracingSuppressed } from '../propagation/suppression.js';
import type { CallOutcome } from '../rpc/status.js';
import type { Observers } from '../signals/observers.js';
import { baseCallOf } from './base-call.js';
import { callStart } from './call-start.js';
import {
  isHandlers,
  NO_LISTENER,
  toCancel,
  toHalfClose,
  toMessage,
  toMetadata,
  type ServerListener,
} from './callbacks.js';
import { loopDelay, type DelayWindow } from './loop-delay.js';
import { awaitsClose, deadlineOf, hasTimedOut, serverOutcome, type EndedServerCall } from './outcome.js';

type ServerStatus = Parameters<ServerInterceptingCallInterface['sendStatus']>[0];

/** What a call came to that nobody looks at. */
const UNSEEN: CallOutcome = { code: status.OK, details: '' };

/**
 * A call whose handler runs in the context that its caller sent, in a span of its own where somebody observes. Both ends of
 * it: towards the handler it is the call, towards the wire it is the listener.
 *
 * It hands everything to the next call itself, for grpc-js's own class does so through closures and queues.
 */
export class ServerCall extends ServerInterceptingCall implements ServerListener {
  /** What nobody has set for this call: the context that the server was started in, which Node brings back here. */
  private readonly ambient = context.active();
  private callContext: Context | undefined;
  /** What has been entered behind this interceptor, inside the call's own context. */
  private entered: Context | undefined;
  private listener: ServerListener = NO_LISTENER;
  /** Whether what comes before the half-close is kept for the handler, and run through nobody's code. */
  private isKept = false;
  private callSpan: CallSpan | undefined;
  private wanted: ServerStatus | undefined;
  private ending: EndedServerCall | undefined;
  private hasRead = false;
  private halfClosed = false;
  private isOver = false;
  /** Undefined where the client never stops waiting. */
  private deadline: Date | number | undefined;
  private delay: DelayWindow | undefined;

  /** @param observers - undefined for a call that is left out: it has no span and no metric */
  constructor(
    private readonly next: ServerInterceptingCallInterface,
    private readonly settings: TracingSettings,
    private readonly observers: Observers | undefined,
    private readonly method: Method,
  ) {
    super(next);
    // Nobody is closer to the wire: the call begins now, whatever the interceptors that come after do with it.
    if (observers !== undefined && baseCallOf(next) === next) next.start(this);
  }

  override start(listener: ServerListener): void {
    this.listener = listener;
    this.isKept = !this.method.rpc.requestStream && isHandlers(listener);
    this.next.start(this);
  }

  override startRead(): void {
    if (!this.hasRead) this.keepEntered();
    this.next.startRead();
  }

  override sendMetadata(metadata: Metadata): void {
    this.callSpan?.responseMetadata(metadata);
    this.next.sendMetadata(metadata);
  }

  override sendMessage(message: unknown, callback: () => void): void {
    this.callSpan?.messageSent();
    this.next.sendMessage(message, callback);
  }

  override sendStatus(status: ServerStatus): void {
    // Only the first one can be sent, and none after the end.
    if (!this.isOver) {
      // An interceptor refuses the call before anybody listens to it.
      if (this.observers !== undefined && !this.isBegun()) baseCallOf(this.next)?.start(this);
      this.wanted ??= status;
    }
    this.next.sendStatus(status);
  }

  onReceiveMetadata(metadata: Metadata): void {
    if (!this.isBegun() && !this.isOver) this.begin(metadata);
    if (this.isKept) this.listener.onReceiveMetadata(metadata);
    else if (this.listener !== NO_LISTENER) {
      context.with(this.handlerContext(), toMetadata, undefined, this.listener, metadata);
    }
  }

  onReceiveMessage(message: unknown): void {
    this.callSpan?.messageReceived();
    if (this.isKept) this.listener.onReceiveMessage(message);
    else context.with(this.handlerContext(), toMessage, undefined, this.listener, message);
  }

  onReceiveHalfClose(): void {
    this.halfClosed = true;
    context.with(this.handlerContext(), toHalfClose, undefined, this.listener);
  }

  /** Comes at the end of every call, also of those that succeeded. */
  onCancel(): void {
    const { callSpan } = this;
    this.isOver = true;
    if (callSpan?.observed) this.ending ??= this.endedCall();
    try {
      context.with(this.handlerContext(), toCancel, undefined, this.listener);
    } finally {
      this.entered = undefined;
      if (this.ending !== undefined) this.endWith(this.ending);
      else {
        callSpan?.end(UNSEEN);
        this.release();
      }
    }
  }

  /** A call that is over before its metadata came has none of its own. */
  private handlerContext(): Context {
    return this.entered ?? this.ownContext() ?? this.ambient;
  }

  private ownContext(): Context | undefined {
    return this.callSpan?.context ?? this.callContext;
  }

  /**
   * Interceptors behind this one enter contexts to hand the metadata on, and the first read is asked for inside of them. The
   * wire brings what is read outside, and most handlers run only then. Another call's context has another span.
   */
  private keepEntered(): void {
    const own = this.ownContext();
    if (own === undefined || this.isOver) return;
    this.hasRead = true;
    const active = context.active();
    const span = trace.getSpan(own);
    if (span !== undefined && isSameSpan(span, trace.getSpan(active))) this.entered = active;
  }

  private isBegun(): boolean {
    return this.callSpan !== undefined || this.callContext !== undefined;
  }

  private begin(metadata: Metadata): void {
    const active = this.activeContext();
    const { observers, settings } = this;
    if (observers === undefined) {
      this.callContext = settings.trusts(this.method.rpc, metadata)
        ? extracted(settings.propagator, active, metadata)
        : active;
    } else if (isTracingSuppressed(active)) this.callContext = active;
    else {
      const start = callStart(this.next, this.method, settings, active, metadata);
      this.callSpan = new CallSpan(settings, observers, start);
      if (this.callSpan.observed) this.watchDeadline(start.deadline ?? deadlineOf(this.next));
    }
  }

  private watchDeadline(deadline: Date | number): void {
    if (deadline === Infinity) return;
    this.deadline = deadline;
    this.delay = loopDelay.watch();
  }

  /** The context that an interceptor closer to the wire has made for this call, if any. */
  private activeContext(): Context {
    const active = context.active();
    if (active === this.ambient) return ROOT_CONTEXT;
    // A context manager may make contexts anew whenever it is asked: the span in them tells whether this one is the ambient.
    const span = trace.getSpan(active);
    return span !== undefined && isSameSpan(span, trace.getSpan(this.ambient)) ? trace.deleteSpan(active) : active;
  }

  /** Where the stream has yet to say whether the client got the status, at its close. */
  private endWith(call: EndedServerCall): void {
    // It closes once, and a listener of that kind costs less than one that takes itself off. It stays on the stream, so
    // what the call came to is not in its closure.
    if (call.stream !== undefined && awaitsClose(call)) call.stream.on('close', () => this.end());
    else this.end();
  }

  private end(): void {
    const { ending } = this;
    if (ending === undefined) return;
    const outcome = serverOutcome(ending);
    // The handler's trailers belong to the handler's status: no other brings them.
    const trailer = outcome === this.wanted ? this.wanted.metadata : undefined;
    this.callSpan?.end(outcome, trailer, ending.endTime);
    if (this.delay !== undefined) loopDelay.unwatch();
    this.release();
  }

  /**
   * An application may keep a call long after its end, and Node keeps it until the next full collection: to the others an HTTP/2
   * stream, from which a call can be reached, is alive. What is left here is copied, and copied again.
   */
  private release(): void {
    this.delay = undefined;
    this.ending = undefined;
    this.wanted = undefined;
    // A client that has not ended its side may have sent what is yet to be read.
    if (!this.halfClosed) return;
    this.callSpan = undefined;
    this.callContext = undefined;
  }

  private endedCall(): EndedServerCall {
    return {
      stream: baseCallOf(this.next)?.stream,
      wanted: this.wanted,
      halfClosed: this.halfClosed,
      timedOut: this.deadline !== undefined && hasTimedOut(this.deadline, this.delay?.longestMs ?? 0, Date.now()),
      endTime: performance.now(),
    };
  }
}
