import { context, ROOT_CONTEXT, SpanKind, trace, type Span } from '@opentelemetry/api';
import type { EventEmitter } from 'node:events';
import type { EchoClient } from '../protos/types/test/Echo';
import { bareStub, type Stub } from './stub.js';

/** Both spans of a call, on the client's side. */
interface SpanPair {
  end(): void;
}

/**
 * The two spans that a traced call has, linked, with one attribute each, and nothing else: no propagation, no active span,
 * nothing at all on the server. What this adds is the SDK's own, and no way of tracing with that SDK can add less.
 */
export function spansAloneStub(client: EchoClient): Stub {
  const tracer = trace.getTracer('spans-alone');
  const started = (method: string): SpanPair => {
    const attributes = { 'rpc.method': method };
    const outer = tracer.startSpan(method, { kind: SpanKind.CLIENT, attributes }, ROOT_CONTEXT);
    const inner = startedInside(outer, method);
    return {
      end() {
        inner.end();
        outer.end();
      },
    };
  };
  const startedInside = (outer: Span, method: string): Span => {
    const parent = trace.setSpan(context.active(), outer);
    return tracer.startSpan(method, { kind: SpanKind.SERVER, attributes: { 'rpc.method': method } }, parent);
  };
  const ending = <Call extends EventEmitter>(spans: SpanPair, call: Call): Call => call.on('status', () => spans.end());
  const bare = bareStub(client);
  return {
    unary(message, callback) {
      const spans = started('test.Echo/Unary');
      bare.unary(message, (error, reply) => {
        spans.end();
        callback(error, reply);
      });
    },
    serverStream: (message) => ending(started('test.Echo/ServerStream'), bare.serverStream(message)),
    bidi: () => ending(started('test.Echo/Bidi'), bare.bidi()),
  };
}
