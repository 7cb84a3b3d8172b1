import { status, type Interceptor, type InterceptorOptions, type Metadata, type StatusObject } from '@grpc/grpc-js';
import type { Attributes, Context } from '@opentelemetry/api';
import { CallSpan } from '../call/call-span.js';
import { asTraced, isTraced } from '../call/once-per-call.js';
import { addPeer } from '../conventions/attributes.js';
import type { Method } from '../conventions/method-table.js';
import { addPreviousAttempts } from '../conventions/previous-attempts.js';
import { report } from '../diagnostics/report.js';
import type { ClientTracingOptions } from '../options/options.js';
import { resolveOptions, type TracingSettings } from '../options/settings.js';
import { requireSide } from '../options/sides.js';
import { remembered } from '../rpc/remembered.js';
import type { CallOutcome } from '../rpc/status.js';
import { parsePeer, parseTarget, type Address } from '../rpc/target.js';
import { hintIfDoubled, hintTwice } from '../signals/hints.js';
import type { Observers } from '../signals/observers.js';
import { DirectClientCall, PropagatingClientCall, type NextClientCall } from './call.js';
import { observeMessages } from './message-sizes.js';

const targetOf = remembered(parseTarget);
const peerOf = remembered(parsePeer);

/**
 * Makes an interceptor that traces the calls of a client stub: one CLIENT span per logical call, retries inside, and
 * its context in the call's metadata. Pass it first in `interceptors`, so that it sees what the caller sees.
 *
 * Inside a context in which the SDK suppresses tracing, as exporters make it around their own calls, it does nothing.
 *
 * @throws TypeError for an option that is wrong or unknown.
 */
export function tracingClientInterceptor(options?: ClientTracingOptions): Interceptor {
  const settings = resolveOptions('client', options);
  return (callOptions, nextCall) => {
    requireSide('client', nextCall);
    if (isTraced(callOptions)) {
      hintTwice.client();
      return new DirectClientCall(nextCall(callOptions));
    }
    const observers = settings.observers();
    if (observers === undefined && !settings.propagates()) return new DirectClientCall(nextCall(callOptions));
    const { method_definition: definition } = callOptions;
    const method = settings.methods.get(definition);
    if (observers === undefined || !method.isWanted())
      return new PropagatingClientCall(nextCall(callOptions), settings);
    return new TracedClientCall(nextCall(asTraced(callOptions)), settings, observers, method, definition);
  };
}

/** A call that has a span, too. */
class TracedClientCall extends PropagatingClientCall {
  private callSpan: CallSpan | undefined;
  private stopObserving: (() => void) | undefined;
  private gotMessage = false;
  private headers: Metadata | undefined;

  constructor(
    next: NextClientCall,
    settings: TracingSettings,
    private readonly observers: Observers,
    private readonly method: Method,
    private readonly definition: InterceptorOptions['method_definition'],
  ) {
    super(next, settings);
  }

  override onReceiveMetadata(metadata: Metadata): void {
    this.headers = metadata;
    this.callSpan?.responseMetadata(metadata);
    super.onReceiveMetadata(metadata);
  }

  override onReceiveMessage(message: unknown): void {
    // A unary call that failed delivers one null: it is not a message.
    if (message !== null) this.gotMessage = true;
    super.onReceiveMessage(message);
  }

  override onReceiveStatus(callStatus: StatusObject): void {
    const { callSpan, stopObserving } = this;
    stopObserving?.();
    // The span is over before the caller's callbacks run: what they start belongs to the caller.
    callSpan?.end(this.outcome(callStatus), {
      attributes: callSpan.recording ? this.endAttributes(callStatus.metadata) : undefined,
      trailer: callStatus.metadata,
    });
    // An application, or grpc-js, may keep a call long after its end.
    this.stopObserving = undefined;
    this.headers = undefined;
    super.onReceiveStatus(callStatus);
  }

  protected override startIn(caller: Context, metadata: Metadata): void {
    const { observers } = this;
    const { rpc } = this.method;
    hintIfDoubled(caller, rpc);
    const server = this.target();
    const attributes = this.method.startAttributes(server);
    const callSpan = new CallSpan(this.settings, { rpc, observers, metadata, parent: caller, attributes, server });
    this.callSpan = callSpan;
    if (callSpan.recording && this.settings.messageEventLimit > 0) {
      this.stopObserving = observeMessages(this.definition, callSpan);
    }
    try {
      super.startIn(callSpan.context, metadata);
    } catch (error) {
      callSpan.end({ code: status.INTERNAL, details: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  }

  /** Before the start `getPeer` is the channel's target, which an interceptor is not told otherwise. */
  private target(): Address | undefined {
    try {
      return targetOf(this.next.getPeer());
    } catch (error) {
      report('the target could not be read', error);
      return undefined;
    }
  }

  /** grpc-js turns an OK without a message into an error of its own, above all interceptors. */
  private outcome(callStatus: StatusObject): CallOutcome {
    if (callStatus.code === status.OK && !this.method.rpc.responseStream && !this.gotMessage) {
      return { code: status.UNIMPLEMENTED, details: 'No message received' };
    }
    return callStatus;
  }

  /** The last peer contacted, if any, and how many attempts came before. */
  private endAttributes(trailer: Metadata | undefined): Attributes {
    const attributes: Attributes = {};
    try {
      const peer = peerOf(this.next.getPeer());
      if (peer !== undefined) addPeer(attributes, peer);
      // They come with the headers of a response, or with the trailers of one that has no headers.
      addPreviousAttempts(attributes, this.headers ?? trailer);
    } catch (error) {
      report('the peer could not be read', error);
    }
    return attributes;
  }
}
