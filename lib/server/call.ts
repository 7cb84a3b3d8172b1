import { ServerInterceptingCall, type Metadata, type ServerInterceptingCallInterface } from '@grpc/grpc-js';
import { context, type Context } from '@opentelemetry/api';
import { ROOT } from '../call/span-layer.js';
import type { Method } from '../conventions/method-table.js';
import { report } from '../diagnostics/report.js';
import type { TracingSettings } from '../options/settings.js';
import { metadataGetter } from '../propagation/metadata-carrier.js';

type ServerListener = Parameters<ServerInterceptingCallInterface['start']>[0];
export type ServerStatus = Parameters<ServerInterceptingCallInterface['sendStatus']>[0];

/** A server call that hands everything to the next one, for grpc-js's own class does so through closures and queues. */
export class DirectServerCall extends ServerInterceptingCall {
  constructor(protected readonly next: ServerInterceptingCallInterface) {
    super(next);
  }

  override start(listener: ServerListener): void {
    this.next.start(listener);
  }

  override sendMetadata(metadata: Metadata): void {
    this.next.sendMetadata(metadata);
  }

  override sendMessage(message: unknown, callback: () => void): void {
    this.next.sendMessage(message, callback);
  }

  override sendStatus(status: ServerStatus): void {
    this.next.sendStatus(status);
  }
}

/**
 * A call whose handler runs in the context that its caller sent. Both ends of it: towards the handler it is the call,
 * towards the wire it is the listener.
 */
export class PropagatingServerCall extends DirectServerCall implements ServerListener {
  /** What nobody has set for this call: the context that the server was started in, which Node brings back here. */
  private readonly ambient = context.active();
  protected callContext: Context | undefined;
  private listener: ServerListener = NO_LISTENER;

  constructor(
    next: ServerInterceptingCallInterface,
    protected readonly settings: TracingSettings,
    protected readonly method: Method,
  ) {
    super(next);
  }

  override start(listener: ServerListener): void {
    this.listener = listener;
    super.start(this);
  }

  onReceiveMetadata(metadata: Metadata): void {
    this.begin(metadata);
    context.with(this.handlerContext(), toMetadata, undefined, this.listener, metadata);
  }

  onReceiveMessage(message: unknown): void {
    context.with(this.handlerContext(), toMessage, undefined, this.listener, message);
  }

  onReceiveHalfClose(): void {
    context.with(this.handlerContext(), toHalfClose, undefined, this.listener);
  }

  /** Comes at the end of every call, also of those that succeeded. */
  onCancel(): void {
    context.with(this.handlerContext(), toCancel, undefined, this.listener);
  }

  /** A call that is over before its metadata came has none of its own. */
  protected handlerContext(): Context {
    return this.callContext ?? this.ambient;
  }

  protected begin(metadata: Metadata): void {
    const active = this.activeContext();
    this.callContext = this.settings.trusts(this.method.rpc, metadata) ? this.extracted(active, metadata) : active;
  }

  /** The context that an interceptor closer to the wire has made for this call, if any. */
  protected activeContext(): Context {
    const active = context.active();
    return active === this.ambient ? ROOT : active;
  }

  protected extracted(active: Context, metadata: Metadata): Context {
    try {
      const extracted: unknown = this.settings.propagator.extract(active, metadata, metadataGetter);
      if (isContext(extracted)) return extracted;
      throw new TypeError('what it returned is not a context');
    } catch (error) {
      report('the propagator could not extract', error);
      return active;
    }
  }
}

/** A propagator in plain JavaScript may return anything. */
function isContext(value: unknown): value is Context {
  return typeof value === 'object' && value !== null && 'getValue' in value && typeof value.getValue === 'function';
}

// Functions that take the listener, not methods of it: those would be bound anew for every event.
const toMetadata = (listener: ServerListener, metadata: Metadata): void => listener.onReceiveMetadata(metadata);
const toMessage = (listener: ServerListener, message: unknown): void => listener.onReceiveMessage(message);
const toHalfClose = (listener: ServerListener): void => listener.onReceiveHalfClose();
const toCancel = (listener: ServerListener): void => listener.onCancel();

/** grpc-js calls `start` before any event comes; until then there is nobody to tell. */
const NO_LISTENER: ServerListener = {
  onReceiveMetadata() {},
  onReceiveMessage() {},
  onReceiveHalfClose() {},
  onCancel() {},
};
