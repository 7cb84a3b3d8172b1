import {
  InterceptingCall,
  type InterceptingListener,
  type Metadata,
  type NextCall,
  type StatusObject,
} from '@grpc/grpc-js';
import { context, ROOT_CONTEXT, type Context } from '@opentelemetry/api';
import { report } from '../diagnostics/report.js';
import type { TracingSettings } from '../options/settings.js';
import { metadataSetter } from '../propagation/metadata-carrier.js';
import { isTracingSuppressed } from '../propagation/suppression.js';

export type NextClientCall = ReturnType<NextCall>;
type PartialListener = Partial<InterceptingListener>;
type MessageContext = Parameters<NextClientCall['sendMessageWithContext']>[0];

/**
 * A client call that hands everything to the next one. grpc-js's own class does so through closures and queues, which
 * cost more than the rest of tracing; here is nothing to queue for.
 */
export class DirectClientCall extends InterceptingCall {
  constructor(protected readonly next: NextClientCall) {
    super(next);
  }

  override start(metadata: Metadata, listener?: PartialListener): void {
    this.next.start(metadata, listener);
  }

  override sendMessage(message: unknown): void {
    this.next.sendMessage(message);
  }

  override sendMessageWithContext(messageContext: MessageContext, message: unknown): void {
    this.next.sendMessageWithContext(messageContext, message);
  }

  override halfClose(): void {
    this.next.halfClose();
  }
}

/**
 * A call that passes its context on. Both ends of it: towards the application it is the call, towards the wire it is the
 * listener, which runs the caller's callbacks in the caller's context.
 */
export class PropagatingClientCall extends DirectClientCall implements InterceptingListener {
  private callerContext: Context = ROOT_CONTEXT;
  private listener: PartialListener = NO_LISTENER;
  private wrote = false;

  constructor(
    next: NextClientCall,
    protected readonly settings: TracingSettings,
  ) {
    super(next);
  }

  override start(metadata: Metadata, listener: PartialListener = NO_LISTENER): void {
    const caller = context.active();
    this.callerContext = caller;
    if (isTracingSuppressed(caller)) {
      super.start(metadata, listener);
      return;
    }
    this.listener = listener;
    this.startIn(caller, metadata);
  }

  /**
   * A call that waits for its connection gets the callback of its first write, with `drain` and `finish`, in the context of
   * the call that opened the connection. Brought back once, the writes that follow stay in the caller's.
   */
  override sendMessageWithContext(messageContext: MessageContext, message: unknown): void {
    const { callback } = messageContext;
    if (this.wrote || callback === undefined) {
      super.sendMessageWithContext(messageContext, message);
      return;
    }
    this.wrote = true;
    const written: typeof callback = (error) => context.with(this.callerContext, callback, undefined, error);
    super.sendMessageWithContext({ ...messageContext, callback: written }, message);
  }

  onReceiveMetadata(metadata: Metadata): void {
    callBack(this.callerContext, toMetadata, this.listener, metadata);
  }

  onReceiveMessage(message: unknown): void {
    callBack(this.callerContext, toMessage, this.listener, message);
  }

  onReceiveStatus(callStatus: StatusObject): void {
    callBack(this.callerContext, toStatus, this.listener, callStatus);
  }

  protected startIn(active: Context, metadata: Metadata): void {
    this.next.start(this.injected(active, metadata), this);
  }

  /** Into a clone: the caller owns its metadata and may use it again for another call. */
  private injected(active: Context, metadata: Metadata): Metadata {
    try {
      const carrier = metadata.clone();
      this.settings.propagator.inject(active, carrier, metadataSetter);
      return carrier;
    } catch (error) {
      report('the propagator could not inject', error);
      return metadata;
    }
  }
}

/** grpc-js's own callers listen to everything, an interceptor above may listen to less. */
const NO_LISTENER: PartialListener = {};

/**
 * Calls in the caller's context: right away where that is active already, as it mostly is, since entering one costs an entry
 * in Node's bookkeeping.
 */
function callBack<Event>(
  caller: Context,
  to: (listener: PartialListener, event: Event) => void,
  listener: PartialListener,
  event: Event,
): void {
  if (context.active() === caller) to(listener, event);
  else context.with(caller, to, undefined, listener, event);
}

// Functions that take the listener, not methods of it: those would be bound anew for every event.
const toMetadata = (listener: PartialListener, metadata: Metadata): void => listener.onReceiveMetadata?.(metadata);
const toMessage = (listener: PartialListener, message: unknown): void => listener.onReceiveMessage?.(message);
const toStatus = (listener: PartialListener, callStatus: StatusObject): void => listener.onReceiveStatus?.(callStatus);
