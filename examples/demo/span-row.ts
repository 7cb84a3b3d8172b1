import { SpanKind, SpanStatusCode, type HrTime } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import type { TraceRow } from './trace-tree.js';

export function spanRow(span: ReadableSpan): TraceRow {
  return {
    spanId: span.spanContext().spanId,
    parentSpanId: span.parentSpanContext?.spanId,
    service: String(span.resource.attributes['service.name']),
    method: span.name,
    side: SpanKind[span.kind].toLowerCase(),
    start: millis(span.startTime),
    duration: span.ended ? millis(span.duration) : undefined,
    status: String(span.attributes['rpc.status_code'] ?? ''),
    failed: span.status.code === SpanStatusCode.ERROR,
  };
}

function millis([seconds, nanos]: HrTime): number {
  return seconds * 1000 + nanos / 1e6;
}
