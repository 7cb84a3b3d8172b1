import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { InMemoryTelemetry, type RecordedSpan } from 'grpc-js-opentelemetry/testing';
import type { Exchange, SpanLine } from '../../exchange.js';

export { isTraced } from './is-traced.js';

const telemetry = new InMemoryTelemetry((recorder) => new NodeTracerProvider({ spanProcessors: [recorder] }));
telemetry.tracerProvider.register();

/** Prints what the application saw, and every span, once all have ended. */
export async function tell(seen: unknown): Promise<void> {
  const exchange: Exchange = { seen, spans: (await telemetry.allEnded()).map(spanLineOf) };
  console.log(JSON.stringify(exchange));
}

export function spanLineOf(span: RecordedSpan): SpanLine {
  const { traceId, spanId } = span.spanContext();
  const parentSpanId = span.parentSpanContext?.spanId;
  return {
    scope: span.instrumentationScope.name,
    name: span.name,
    kind: SpanKind[span.kind],
    traceId,
    spanId,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    status: SpanStatusCode[span.status.code],
    attributes: span.attributes,
  };
}
