import { Metadata, status, type ServiceError, type StatusObject } from '@grpc/grpc-js';
import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
} from '@opentelemetry/api';
import type { EventEmitter } from 'node:events';
import type { EchoClient } from '../../protos/types/test/Echo';
import { HANDLERS, type Handlers } from './service.js';
import type { Stub } from './stub.js';

/*
 * What a developer writes inside handlers and callers who wants spans and knows OpenTelemetry: propagation, the five
 * attributes that matter and the code, the status, the active span. It does less than the interceptors: no deadline, no
 * cancel that comes after the answer, no callbacks in the caller's context, no peer's port, no table of targets. Nobody
 * asks by hand whether there is an SDK, or whether a span records, before its attributes are listed.
 */

const SETTER = { set: (metadata: Metadata, key: string, value: string) => metadata.set(key, value) };
const GETTER = {
  get: (metadata: Metadata, key: string) => metadata.get(key).map(String),
  keys: (metadata: Metadata) => Object.keys(metadata.getMap()),
};

const UNARY = 'test.Echo/Unary';
const SERVER_STREAM = 'test.Echo/ServerStream';
const BIDI = 'test.Echo/Bidi';

function attributes(method: string, address: string, port: number): Record<string, string | number> {
  return {
    'rpc.system.name': 'grpc',
    'rpc.method': method,
    'server.address': address,
    'server.port': port,
    'network.peer.address': '127.0.0.1',
  };
}

function end(span: Span, error: { code?: number; message?: string } | null): void {
  span.setAttribute('rpc.status_code', error === null ? 'OK' : (status[error.code ?? status.UNKNOWN] ?? 'UNKNOWN'));
  if (error !== null) span.setStatus({ code: SpanStatusCode.ERROR, message: error.message ?? '' });
  span.end();
}

export function byHandHandlers(): Handlers {
  const tracer = trace.getTracer('by-hand');
  const started = (method: string, call: ServerCall): { span: Span; active: Context } => {
    const parent = propagation.extract(ROOT_CONTEXT, call.metadata, GETTER);
    const [address = '', port] = call.getHost().split(':');
    const options = { kind: SpanKind.SERVER, attributes: attributes(method, address, Number(port)) };
    const span = tracer.startSpan(method, options, parent);
    return { span, active: trace.setSpan(parent, span) };
  };
  const ending = (span: Span, call: EventEmitter): void => {
    call.once('finish', () => end(span, null));
    call.once('error', (error: ServiceError) => end(span, error));
  };
  return {
    Unary(call, callback) {
      const { span, active } = started(UNARY, call);
      context.with(active, () =>
        HANDLERS.Unary(call, (error, value, trailer, flags) => {
          end(span, error);
          callback(error, value, trailer, flags);
        }),
      );
    },
    ServerStream(call) {
      const { span, active } = started(SERVER_STREAM, call);
      ending(span, call);
      context.with(active, () => HANDLERS.ServerStream(call));
    },
    Bidi(call) {
      const { span, active } = started(BIDI, call);
      ending(span, call);
      context.with(active, () => HANDLERS.Bidi(call));
    },
  };
}

/** The calls that the benchmark makes, each with a span around it. */
export function byHandStub(client: EchoClient): Stub {
  const tracer = trace.getTracer('by-hand');
  const [address = '', port] = client.getChannel().getTarget().replace('dns:', '').split(':');
  const started = (method: string): { span: Span; metadata: Metadata } => {
    const options = { kind: SpanKind.CLIENT, attributes: attributes(method, address, Number(port)) };
    const span = tracer.startSpan(method, options);
    const metadata = new Metadata();
    propagation.inject(trace.setSpan(context.active(), span), metadata, SETTER);
    return { span, metadata };
  };
  const ending = (span: Span, call: EventEmitter): void => {
    call.on('status', ({ code, details }: StatusObject) =>
      end(span, code === status.OK ? null : { code, message: details }),
    );
  };
  return {
    unary(message, callback) {
      const { span, metadata } = started(UNARY);
      client.Unary(message, metadata, (error, reply) => {
        end(span, error);
        callback(error, reply);
      });
    },
    serverStream(message) {
      const { span, metadata } = started(SERVER_STREAM);
      const call = client.ServerStream(message, metadata);
      ending(span, call);
      return call;
    },
    bidi() {
      const { span, metadata } = started(BIDI);
      const call = client.Bidi(metadata);
      ending(span, call);
      return call;
    },
  };
}

interface ServerCall {
  readonly metadata: Metadata;
  getHost(): string;
}
