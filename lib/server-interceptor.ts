import {
  ServerInterceptingCall,
  type Metadata,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
} from '@grpc/grpc-js';
import { context, type Attributes, type Context } from '@opentelemetry/api';
import { startAttributes } from './attributes.js';
import { CallSpan, type CallOutcome } from './call-span.js';
import { metadataGetter } from './metadata-carrier.js';
import { MethodTable } from './method-table.js';
import { resolveOptions, type ServerTracingOptions, type TracingSettings } from './options.js';
import { report } from './report.js';
import type { RpcInfo } from './rpc-info.js';
import { awaitsClose, serverOutcome, streamOf, type EndedServerCall } from './server-outcome.js';
import { parseAuthority, parsePeer, type Address } from './target.js';

type ServerListener = Parameters<ServerInterceptingCallInterface['start']>[0];
type ServerStatus = Parameters<ServerInterceptingCallInterface['sendStatus']>[0];

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
  const methods = new MethodTable('server');
  return (definition, call) => new TracedServerCall(call, settings, methods.get(definition));
}

/**
 * `getConnectionInfo` was read when the call began, but came with grpc-js 1.14 only; `getPeer` goes through the session's
 * slow proxy of its socket.
 */
type CallWithPeer = Pick<ServerInterceptingCallInterface, 'getPeer'> &
  Partial<Pick<ServerInterceptingCallInterface, 'getConnectionInfo'>>;

function peerOf(call: CallWithPeer): Address | undefined {
  if (call.getConnectionInfo === undefined) return parsePeer(call.getPeer());
  const { remoteAddress, remotePort } = call.getConnectionInfo();
  if (remoteAddress === undefined) return undefined;
  return remotePort === undefined ? { address: remoteAddress } : { address: remoteAddress, port: remotePort };
}

/**
 * Both ends of one call: towards the handler it is the call, towards the wire it is the listener. A subclass that talks
 * to the next call directly saves the queues and closures of `ServerInterceptingCall`.
 */
class TracedServerCall extends ServerInterceptingCall implements ServerListener {
  private callSpan: CallSpan | undefined;
  private wanted: CallOutcome | undefined;
  private halfClosed = false;
  private listener: ServerListener = NO_LISTENER;

  constructor(
    private readonly next: ServerInterceptingCallInterface,
    private readonly settings: TracingSettings,
    private readonly rpc: RpcInfo,
  ) {
    super(next);
  }

  override start(listener: ServerListener): void {
    this.listener = listener;
    this.next.start(this);
  }

  override sendMetadata(metadata: Metadata): void {
    this.next.sendMetadata(metadata);
  }

  override sendMessage(message: unknown, callback: () => void): void {
    this.next.sendMessage(message, callback);
  }

  override sendStatus(status: ServerStatus): void {
    // Only the first one can be sent.
    this.wanted ??= status;
    this.next.sendStatus(status);
  }

  /** The span starts here, not in `start`: a stream that is gone by then calls no listener, and a span would leak. */
  onReceiveMetadata(metadata: Metadata): void {
    const parent = this.extracted(metadata);
    this.callSpan = new CallSpan(this.settings, this.rpc, this.startAttributes(), parent);
    context.with(this.callSpan.context, this.listener.onReceiveMetadata, this.listener, metadata);
  }

  onReceiveMessage(message: unknown): void {
    context.with(this.spanContext(), this.listener.onReceiveMessage, this.listener, message);
  }

  onReceiveHalfClose(): void {
    this.halfClosed = true;
    context.with(this.spanContext(), this.listener.onReceiveHalfClose, this.listener);
  }

  /** Comes at the end of every call, also of those that succeeded. */
  onCancel(): void {
    const endTime = performance.now();
    const call = this.endedCall();
    try {
      context.with(this.spanContext(), this.listener.onCancel, this.listener);
    } finally {
      if (call.stream !== undefined && awaitsClose(call)) {
        call.stream.once('close', () => this.callSpan?.end(serverOutcome(call), undefined, endTime));
      } else {
        this.callSpan?.end(serverOutcome(call), undefined, endTime);
      }
    }
  }

  private spanContext(): Context {
    return this.callSpan?.context ?? context.active();
  }

  private extracted(metadata: Metadata): Context {
    const active = context.active();
    try {
      return this.settings.propagator.extract(active, metadata, metadataGetter);
    } catch (error) {
      report('the propagator could not extract', error);
      return active;
    }
  }

  private startAttributes(): Attributes {
    try {
      return startAttributes(this.rpc, parseAuthority(this.next.getHost()), peerOf(this.next));
    } catch (error) {
      report('the call could not be described', error);
      return startAttributes(this.rpc, undefined, undefined);
    }
  }

  private endedCall(): EndedServerCall {
    return {
      stream: streamOf(this.next),
      wanted: this.wanted,
      halfClosed: this.halfClosed,
      deadline: this.next.getDeadline(),
      endedAt: Date.now(),
    };
  }
}

/** grpc-js calls `start` before any event comes; until then there is nobody to tell. */
const NO_LISTENER: ServerListener = {
  onReceiveMetadata() {},
  onReceiveMessage() {},
  onReceiveHalfClose() {},
  onCancel() {},
};
