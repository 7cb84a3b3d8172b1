import {
  InterceptingCall,
  status,
  type CallOptions,
  type InterceptingListener,
  type Interceptor,
  type InterceptorOptions,
  type Metadata,
  type NextCall,
  type StatusObject,
} from '@grpc/grpc-js';
import { context, ROOT_CONTEXT, type Attributes, type Context } from '@opentelemetry/api';
import { peerAttributes, startAttributes } from './attributes.js';
import { CallSpan, type CallOutcome } from './call-span.js';
import { metadataSetter } from './metadata-carrier.js';
import { MethodTable } from './method-table.js';
import { resolveOptions, type ClientTracingOptions, type TracingSettings } from './options.js';
import { report } from './report.js';
import type { RpcInfo } from './rpc-info.js';
import { parsePeer, parseTarget } from './target.js';

type NextClientCall = ReturnType<NextCall>;
type MessageContext = Parameters<NextClientCall['sendMessageWithContext']>[0];

/**
 * Makes an interceptor that traces the calls of a client stub: one CLIENT span per logical call, retries inside, and
 * its context in the call's metadata. Pass it first in `interceptors`, so that it sees what the caller sees.
 *
 * @throws TypeError for an option that is wrong or unknown.
 */
export function tracingClientInterceptor(options?: ClientTracingOptions): Interceptor {
  const settings = resolveOptions('client', options);
  const methods = new MethodTable('client');
  return (callOptions: InterceptorOptions, nextCall: NextCall) =>
    new TracedClientCall(nextCall(callOptions), settings, methods.get(callOptions.method_definition));
}

const interceptors = new WeakMap<ClientTracingOptions, Interceptor>();
const NO_OPTIONS: ClientTracingOptions = {};

/**
 * Puts tracing first among a call's own interceptors. grpc-js lets those of a call replace those of its client, so
 * without this a call that brings its own is not traced.
 *
 * Hand in the same options object at every call: its interceptor is made once and kept.
 *
 * @param callOptions the call's options; they are not changed. Where they bring `interceptor_providers`, tracing
 *   becomes the first of those, since grpc-js refuses a call that brings both kinds.
 * @throws TypeError for an option that is wrong or unknown.
 */
export function withTracing(callOptions: CallOptions = {}, options: ClientTracingOptions = NO_OPTIONS): CallOptions {
  const known = interceptors.get(options);
  const tracing = known ?? tracingClientInterceptor(options);
  if (known === undefined) interceptors.set(options, tracing);
  const { interceptor_providers: providers } = callOptions;
  if (providers !== undefined && providers.length > 0) {
    return { ...callOptions, interceptor_providers: [() => tracing, ...providers] };
  }
  return { ...callOptions, interceptors: [tracing, ...(callOptions.interceptors ?? [])] };
}

/**
 * Both ends of one call: towards the application it is the call, towards the wire it is the listener. A subclass that
 * talks to the next call directly saves the queues and closures of `InterceptingCall`.
 */
class TracedClientCall extends InterceptingCall implements InterceptingListener {
  private callerContext: Context = ROOT_CONTEXT;
  private callSpan: CallSpan | undefined;
  private listener: Partial<InterceptingListener> = {};
  private gotMessage = false;

  constructor(
    private readonly next: NextClientCall,
    private readonly settings: TracingSettings,
    private readonly rpc: RpcInfo,
  ) {
    super(next);
  }

  override start(metadata: Metadata, listener: Partial<InterceptingListener> = {}): void {
    this.listener = listener;
    this.callerContext = context.active();
    const callSpan = new CallSpan(this.settings, this.rpc, this.startAttributes(), this.callerContext);
    this.callSpan = callSpan;
    const carrier = this.injected(metadata, callSpan.context);
    try {
      this.next.start(carrier, this);
    } catch (error) {
      callSpan.end({ code: status.INTERNAL, details: error instanceof Error ? error.message : String(error) });
      throw error;
    }
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

  onReceiveMetadata(metadata: Metadata): void {
    const { listener } = this;
    if (listener.onReceiveMetadata === undefined) return;
    context.with(this.callerContext, listener.onReceiveMetadata, listener, metadata);
  }

  onReceiveMessage(message: unknown): void {
    // A unary call that failed delivers one null: it is not a message.
    if (message !== null) this.gotMessage = true;
    const { listener } = this;
    if (listener.onReceiveMessage === undefined) return;
    context.with(this.callerContext, listener.onReceiveMessage, listener, message);
  }

  onReceiveStatus(callStatus: StatusObject): void {
    this.callSpan?.end(this.outcome(callStatus), this.peerAttributes());
    const { listener } = this;
    if (listener.onReceiveStatus === undefined) return;
    context.with(this.callerContext, listener.onReceiveStatus, listener, callStatus);
  }

  /** grpc-js turns an OK without a message into an error of its own, above all interceptors. */
  private outcome({ code, details }: StatusObject): CallOutcome {
    if (code === status.OK && !this.rpc.responseStream && !this.gotMessage) {
      return { code: status.UNIMPLEMENTED, details: 'No message received' };
    }
    return { code, details };
  }

  private startAttributes(): Attributes {
    try {
      // Before the start this is the channel's target, which an interceptor is not told otherwise.
      return startAttributes(this.rpc, parseTarget(this.next.getPeer()), undefined);
    } catch (error) {
      report('the call could not be described', error);
      return startAttributes(this.rpc, undefined, undefined);
    }
  }

  /** Of the last peer contacted; a call that never reached one has none. */
  private peerAttributes(): Attributes | undefined {
    try {
      const peer = parsePeer(this.next.getPeer());
      return peer === undefined ? undefined : peerAttributes(peer);
    } catch (error) {
      report('the peer could not be described', error);
      return undefined;
    }
  }

  /** Into a clone: the caller owns its metadata and may use it again for another call. */
  private injected(metadata: Metadata, spanContext: Context): Metadata {
    try {
      const carrier = metadata.clone();
      this.settings.propagator.inject(spanContext, carrier, metadataSetter);
      return carrier;
    } catch (error) {
      report('the propagator could not inject', error);
      return metadata;
    }
  }
}
