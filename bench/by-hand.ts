import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Span,
  type Tracer,
  type TracerProvider,
} from '@opentelemetry/api';
import type { EventEmitter } from 'node:events';
import type { EchoClient, EchoHandlers } from '../protos/types/test/Echo';
import { HANDLERS } from './service.js';

/*
 * What a developer writes inside handlers and callers who wants spans and knows OpenTelemetry: propagation, the six
 * attributes that matter, the status, the active span. It does less than the interceptors: no deadline, no cancel that comes
 * after the answer, no callbacks in the caller's context, no table of targets.
 */

const SETTER = { set: (metadata: Metadata, key: string, value: string) => metadata.set(key, value) };
const GETTER = {
  get: (metadata: Metadata, key: string) => metadata.get(key).map(String),
  keys: (metadata: Metadata) => Object.keys(metadata.getMap()),
};

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
  span.setAttribute('rpc.status_code', error ? String(error.code) : 'OK');
  if (error) span.setStatus({ code: SpanStatusCode.ERROR, message: error.message ?? '' });
  span.end();
}

function tracerOf(provider: TracerProvider | undefined): Tracer {
  return (provider ?? trace.getTracerProvider()).getTracer('by-hand');
}

export function byHandHandlers(provider: TracerProvider | undefined): Pick<EchoHandlers, keyof typeof HANDLERS> {
  const tracer = tracerOf(provider);
  const started = (method: string, call: { metadata: Metadata; getHost(): string }) => {
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
      const { span, active } = started('test.Echo/Unary', call);
      context.with(active, () =>
        HANDLERS.Unary(call, (error, value, trailer, flags) => {
          end(span, error);
          callback(error, value, trailer, flags);
        }),
      );
    },
    ClientStream(call, callback) {
      const { span, active } = started('test.Echo/ClientStream', call);
      context.with(active, () =>
        HANDLERS.ClientStream(call, (error, value, trailer, flags) => {
          end(span, error);
          callback(error, value, trailer, flags);
        }),
      );
    },
    ServerStream(call) {
      const { span, active } = started('test.Echo/ServerStream', call);
      ending(span, call);
      context.with(active, () => HANDLERS.ServerStream(call));
    },
    Bidi(call) {
      const { span, active } = started('test.Echo/Bidi', call);
      ending(span, call);
      context.with(active, () => HANDLERS.Bidi(call));
    },
  };
}

/** The calls that the benchmark makes, each with a span around it. */
export function byHandClient(client: EchoClient, provider: TracerProvider | undefined): EchoClient {
  const tracer = tracerOf(provider);
  const [address = '', port] = client.getChannel().getTarget().replace('dns:', '').split(':');
  const started = (method: string) => {
    const options = { kind: SpanKind.CLIENT, attributes: attributes(method, address, Number(port)) };
    const span = tracer.startSpan(method, options);
    const metadata = new Metadata();
    propagation.inject(trace.setSpan(context.active(), span), metadata, SETTER);
    return { span, metadata };
  };
  const traced: Pick<EchoClient, 'ServerStream' | 'Bidi'> & { Unary: UnaryCall } = {
    Unary(message, callback) {
      const { span, metadata } = started('test.Echo/Unary');
      return client.Unary(message, metadata, (error, reply) => {
        end(span, error);
        callback(error, reply);
      });
    },
    ServerStream(message: object) {
      const { span, metadata } = started('test.Echo/ServerStream');
      const call = client.ServerStream(message, metadata);
      call.on('status', (callStatus) => end(span, callStatus.code === status.OK ? null : callStatus));
      return call;
    },
    Bidi() {
      const { span, metadata } = started('test.Echo/Bidi');
      const call = client.Bidi(metadata);
      call.on('status', (callStatus) => end(span, callStatus.code === status.OK ? null : callStatus));
      return call;
    },
  };
  // The benchmark calls these three alone, and each in the one form that stands here.
  return traced as unknown as EchoClient;
}

type UnaryCall = (
  message: object,
  callback: (error: ServiceError | null, reply?: object) => void,
) => ReturnType<EchoClient['Unary']>;
