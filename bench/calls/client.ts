import {
  Metadata,
  status,
  type Interceptor,
  type InterceptingListener,
  type NextCall,
  type StatusObject,
} from '@grpc/grpc-js';
import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import { metadataSetter, tracingClientInterceptor } from 'grpc-js-opentelemetry';
import { METHOD, NOTHING, type CallKind } from './method.js';

const REPLY = {};
const HEADERS = new Metadata();
const STATUS: StatusObject = { code: status.OK, details: 'OK', metadata: new Metadata() };

/** The call that grpc-js makes below all interceptors, without a network: the whole answer comes when the request ends. */
class FakeCall {
  private listener: Partial<InterceptingListener> = {};

  start(_metadata: Metadata, listener: Partial<InterceptingListener> = {}): void {
    this.listener = listener;
  }

  sendMessageWithContext(): void {}
  sendMessage(): void {}
  startRead(): void {}
  cancelWithStatus(): void {}

  halfClose(): void {
    this.listener.onReceiveMetadata?.(HEADERS);
    this.listener.onReceiveMessage?.(REPLY);
    this.listener.onReceiveStatus?.(STATUS);
  }

  getPeer(): string {
    return '127.0.0.1:50051';
  }

  getAuthContext(): null {
    return null;
  }
}

const LISTENER: InterceptingListener = {
  onReceiveMetadata: NOTHING,
  onReceiveMessage: NOTHING,
  onReceiveStatus: NOTHING,
};

function makeCall(intercept: Interceptor): () => void {
  const nextCall: NextCall = () => new FakeCall();
  return () => {
    const call = intercept({ method_definition: METHOD }, nextCall);
    call.start(new Metadata(), LISTENER);
    call.sendMessageWithContext({}, REPLY);
    call.halfClose();
  };
}

/** The calls of OpenTelemetry that one client call needs, and nothing of grpc-js around them. */
function byHand(): () => void {
  const tracer = trace.getTracer('by-hand');
  return () => {
    const attributes = {
      'rpc.system.name': 'grpc',
      'rpc.method': 'test.Echo/Unary',
      'server.address': '127.0.0.1',
      'server.port': 50051,
    };
    const active = context.active();
    const span = tracer.startSpan('test.Echo/Unary', { kind: SpanKind.CLIENT, attributes }, active);
    propagation.inject(trace.setSpan(active, span), new Metadata(), metadataSetter);
    if (span.isRecording()) span.setAttributes({ 'rpc.status_code': 'OK', 'network.peer.address': '127.0.0.1' });
    span.end();
  };
}

export function clientCalls(): readonly CallKind[] {
  return [
    { side: 'client', by: 'ours', once: makeCall(tracingClientInterceptor()) },
    { side: 'client', by: 'by hand', once: byHand() },
  ];
}
