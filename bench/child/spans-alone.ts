import { ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import type { EventEmitter } from 'node:events';
import type { EchoClient } from '../../protos/types/test/Echo';
import { bareStub, type Stub } from './stub.js';

/**
 * The two spans that a traced call has, linked, with one attribute each, and nothing else: no propagation, no active span,
 * nothing at all on the server. What this adds is the SDK's own, and no way of tracing with that SDK can add less.
 */
export function spansAloneStub(client: EchoClient): Stub {
  const tracer = trace.getTracer('spans-alone');
  /** @returns ends both. */
  const started = (method: string): (() => void) => {
    const attributes = { 'rpc.method': method };
    const outer = tracer.startSpan(method, { kind: SpanKind.CLIENT, attributes }, ROOT_CONTEXT);
    const inner = tracer.startSpan(method, { kind: SpanKind.SERVER, attributes }, trace.setSpan(ROOT_CONTEXT, outer));
    return () => {
      inner.end();
      outer.end();
    };
  };
  const ending = <Call extends EventEmitter>(end: () => void, call: Call): Call => call.on('status', end);
  const bare = bareStub(client);
  return {
    unary(message, callback) {
      const end = started('test.Echo/Unary');
      bare.unary(message, (error, reply) => {
        end();
        callback(error, reply);
      });
    },
    serverStream: (message) => ending(started('test.Echo/ServerStream'), bare.serverStream(message)),
    bidi: () => ending(started('test.Echo/Bidi'), bare.bidi()),
  };
}
