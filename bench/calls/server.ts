import { Metadata, status, type ServerInterceptingCallInterface } from '@grpc/grpc-js';
import { context, propagation, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { metadataGetter, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import type { Sampling } from '../sampling.js';
import { METHOD, NOTHING, type CallKind } from './method.js';

type Listener = Parameters<ServerInterceptingCallInterface['start']>[0];

const REQUEST = {};
const STATUS = { code: status.OK, details: 'OK' };
const HANDLER: Listener = {
  onReceiveMetadata: NOTHING,
  onReceiveMessage: NOTHING,
  onReceiveHalfClose: NOTHING,
  onCancel: NOTHING,
};

function requestHeaders(sampling: Sampling): Metadata {
  const headers = new Metadata();
  const flags = sampling === 'sampled' ? '01' : '00';
  headers.set('traceparent', `00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-${flags}`);
  return headers;
}

/** A stream on which the answer has left. */
const STREAM = {
  closed: true,
  destroyed: true,
  errored: null,
  rstCode: 0,
  sentHeaders: {},
  sentTrailers: { 'grpc-status': '0' },
  on: NOTHING,
};

/** The call that grpc-js makes above the wire, without a network. */
class FakeCall {
  readonly stream = STREAM;
  private listener = HANDLER;

  constructor(private readonly headers: Metadata) {}

  start(listener: Listener): void {
    this.listener = listener;
  }

  /** Brings the request, which on the wire comes after the chain has been made. */
  receive(): void {
    this.listener.onReceiveMetadata(this.headers);
    this.listener.onReceiveMessage(REQUEST);
    this.listener.onReceiveHalfClose();
  }

  sendMetadata(): void {}
  sendMessage(): void {}
  startRead(): void {}

  sendStatus(): void {
    this.listener.onCancel();
  }

  getPeer(): string {
    return '127.0.0.1:40000';
  }

  getDeadline(): number {
    return Number.POSITIVE_INFINITY;
  }

  getHost(): string {
    return '127.0.0.1:50051';
  }

  getConnectionInfo(): { remoteAddress: string; remotePort: number } {
    return { remoteAddress: '127.0.0.1', remotePort: 40000 };
  }
}

function makeCall(headers: Metadata): () => void {
  const intercept = tracingServerInterceptor();
  return () => {
    // What is left out is for credentials and load reports, which tracing does not ask for.
    const wire = new FakeCall(headers);
    const next = wire as unknown as ServerInterceptingCallInterface;
    // As grpc-js makes it, afresh for every call and not as a copy: to mark a copy takes V8 far longer.
    const { path, requestStream, responseStream, requestDeserialize, responseSerialize } = METHOD;
    const definition = { path, requestStream, responseStream, requestDeserialize, responseSerialize };
    const call = intercept(definition, next);
    call.start(HANDLER);
    wire.receive();
    call.sendMetadata(new Metadata());
    call.sendMessage(REQUEST, NOTHING);
    call.sendStatus(STATUS);
  };
}

/** The calls of OpenTelemetry that one server call needs, and nothing of grpc-js around them. */
function byHand(headers: Metadata): () => void {
  const tracer = trace.getTracer('by-hand');
  return () => {
    const parent = propagation.extract(ROOT_CONTEXT, headers, metadataGetter);
    const attributes = {
      'rpc.system.name': 'grpc',
      'rpc.method': 'test.Echo/Unary',
      'server.address': '127.0.0.1',
      'server.port': 50051,
      'network.peer.address': '127.0.0.1',
      'network.peer.port': 40000,
    };
    const span = tracer.startSpan('test.Echo/Unary', { kind: SpanKind.SERVER, attributes }, parent);
    context.with(trace.setSpan(parent, span), NOTHING);
    if (span.isRecording()) span.setAttribute('rpc.status_code', 'OK');
    span.end();
  };
}

export function serverCalls(sampling: Sampling): readonly CallKind[] {
  const headers = requestHeaders(sampling);
  return [
    { side: 'server', by: 'ours', once: makeCall(headers) },
    { side: 'server', by: 'by hand', once: byHand(headers) },
  ];
}
