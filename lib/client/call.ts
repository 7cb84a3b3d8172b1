import {
  InterceptingCall,
  status,
  type InterceptingListener,
  type InterceptorOptions,
  type Metadata,
  type NextCall,
  type StatusObject,
} from '@grpc/grpc-js';
import { context, ROOT_CONTEXT, type Attributes, type Context } from '@opentelemetry/api';
import { CallSpan } from '../call/call-span.js';
import { addPeer } from '../conventions/attributes.js';
import type { Method } from '../conventions/method-table.js';
import { addPreviousAttempts } from '../conventions/previous-attempts.js';
import type { TracingSettings } from '../options/settings.js';
import { injected } from '../propagation/injected.js';
import { isTracingSuppressed } from '../propagation/suppression.js';
import type { CallOutcome } from '../rpc/status.js';
import { hintIfDoubled } from '../signals/hints.js';
import type { Observers } from '../signals/observers.js';
import { peerOf, targetOf } from './addresses.js';
import { baseCallOf, type BaseClientCall } from './base-call.js';
import { callBack, NO_LISTENER, toMessage, toMetadata, toStatus, type PartialListener } from './callbacks.js';
import { observeMessages } from './message-sizes.js';
import { clientOutcome, presentable } from './outcome.js';
import { endOfTooLate, isTooLate, onUnheardEnd } from './unheard-end.js';

export type NextClientCall = ReturnType<NextCall>;
type MessageContext = Parameters<NextClientCall['sendMessageWithContext']>[0];

/**
 * A call that passes its context on, in a span of its own where somebody observes. Both ends of it: towards the application
 * it is the call, towards the wire it is the listener, which runs the caller's callbacks in the caller's context.
 *
 * It hands everything to the next call itself. grpc-js's own class does so through closures and queues, which cost more
 * than the rest of tracing; here is nothing to queue for.
 */
export class ClientCall extends InterceptingCall implements InterceptingListener {
  private callerContext: Context = ROOT_CONTEXT;
  private listener: PartialListener = NO_LISTENER;
  private wrote = false;
  /** Undefined before the start, and of a call that is left out. */
  protected callSpan: CallSpan | undefined;
  /** Takes back what was put on others for this call. */
  private release: (() => void) | undefined;
  private gotMessage = false;
  private headers: Metadata | undefined;
  private userInfo: string | undefined;
  private cancelled: CallOutcome | undefined;

  /**
   * @param observers - undefined for a call that is left out: it has no span and no metric
   * @param definition - undefined for a call that is told its messages as bytes
   */
  constructor(
    private readonly next: NextClientCall,
    private readonly settings: TracingSettings,
    private readonly observers: Observers | undefined,
    private readonly method: Method,
    private readonly definition?: InterceptorOptions['method_definition'],
  ) {
    super(next);
  }

  override start(metadata: Metadata, listener: PartialListener = NO_LISTENER): void {
    const caller = context.active();
    this.callerContext = caller;
    if (isTracingSuppressed(caller)) {
      this.next.start(metadata, listener);
      return;
    }
    this.listener = listener;
    const base = this.observers && baseCallOf(this.next);
    const callSpan = this.observers && this.begin(this.observers, caller, metadata, base);
    this.callSpan = callSpan;
    const tooLate = base === undefined ? this.cancelled !== undefined : isTooLate(base);
    try {
      this.next.start(injected(this.settings.propagator, callSpan?.context ?? caller, metadata), this);
    } catch (error) {
      const details = error instanceof Error ? error.message : String(error);
      callSpan?.end(presentable({ code: status.INTERNAL, details }, this.userInfo));
      throw error;
    }
    if (callSpan !== undefined && (tooLate || base?.listener === null)) this.awaitUnheardEnd(callSpan, base, tooLate);
  }

  override cancelWithStatus(code: status, details: string): void {
    this.cancelled ??= { code, details };
    this.next.cancelWithStatus(code, details);
    const { callSpan } = this;
    // An interceptor after tracing may not have started it: on a channel of another make nothing else tells.
    if (callSpan !== undefined && baseCallOf(this.next) === undefined) this.awaitUnheardEnd(callSpan, undefined, true);
  }

  override sendMessage(message: unknown): void {
    this.next.sendMessage(message);
  }

  /**
   * A call that waits for its connection gets the callback of its first write, with `drain` and `finish`, in the context of
   * the call that opened the connection. Brought back once, the writes that follow stay in the caller's.
   */
  override sendMessageWithContext(messageContext: MessageContext, message: unknown): void {
    const { callback } = messageContext;
    if (this.wrote || callback === undefined) {
      this.next.sendMessageWithContext(messageContext, message);
      return;
    }
    this.wrote = true;
    const written: typeof callback = (error) => context.with(this.callerContext, callback, undefined, error);
    this.next.sendMessageWithContext({ ...messageContext, callback: written }, message);
  }

  override halfClose(): void {
    this.next.halfClose();
  }

  onReceiveMetadata(metadata: Metadata): void {
    if (this.callSpan !== undefined) {
      this.headers = metadata;
      this.callSpan.responseMetadata(metadata);
    }
    callBack(this.callerContext, toMetadata, this.listener, metadata);
  }

  onReceiveMessage(message: unknown): void {
    // A unary call that failed delivers one null: it is not a message.
    if (message !== null) this.gotMessage = true;
    callBack(this.callerContext, toMessage, this.listener, message);
  }

  onReceiveStatus(callStatus: StatusObject): void {
    // The span is over before the caller's callbacks run: what they start belongs to the caller.
    if (this.callSpan !== undefined) {
      const outcome = clientOutcome(callStatus, this.method.rpc, this.gotMessage, this.userInfo);
      this.end(this.callSpan, outcome, callStatus.metadata);
    }
    callBack(this.callerContext, toStatus, this.listener, callStatus);
  }

  private begin(observers: Observers, caller: Context, metadata: Metadata, base: BaseClientCall | undefined): CallSpan {
    const { method, settings, definition } = this;
    hintIfDoubled(caller, method.rpc);
    const server = targetOf(this.next, base);
    this.userInfo = server?.userInfo;
    const attributes = method.startAttributes(server);
    const start = { method, metadata, parent: caller, deadline: base?.deadline, attributes, server };
    const callSpan = new CallSpan(settings, observers, start);
    if (definition !== undefined && callSpan.recording && settings.observesMessages) {
      this.release = observeMessages(definition, callSpan);
    }
    return callSpan;
  }

  /** An interceptor after tracing delays the call, or one before it has until it was over. */
  private awaitUnheardEnd(callSpan: CallSpan, base: BaseClientCall | undefined, tooLate: boolean): void {
    const end = (outcome: CallOutcome): void => this.end(callSpan, presentable(outcome, this.userInfo));
    // What is still told is told before.
    if (tooLate) setImmediate(() => end(endOfTooLate(base, this.cancelled)));
    else if (base !== undefined) {
      const stopObserving = this.release;
      const stopWaiting = onUnheardEnd(base, end);
      this.release = () => {
        stopObserving?.();
        stopWaiting();
      };
    }
  }

  private end(callSpan: CallSpan, outcome: CallOutcome, trailer?: Metadata): void {
    this.release?.();
    callSpan.end(outcome, trailer, undefined, callSpan.recording ? this.endAttributes(trailer) : undefined);
    // An application, or grpc-js, may keep a call long after its end.
    this.release = undefined;
    this.headers = undefined;
    this.callSpan = undefined;
  }

  /** The last peer contacted, if any, and how many attempts came before. */
  private endAttributes(trailer: Metadata | undefined): Attributes {
    const attributes: Attributes = {};
    const peer = peerOf(this.next);
    if (peer !== undefined) addPeer(attributes, peer);
    // They come with the headers of a response, or with the trailers of one that has no headers.
    addPreviousAttempts(attributes, this.headers ?? trailer);
    return attributes;
  }
}
