import { SpanStatusCode, type HrTime } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';

/** A trace as the process that made it knows it. */
export interface RecordedTrace {
  readonly traceId: string;
  readonly spanIds: readonly string[];
  readonly failed: boolean;
  /** From the start of its first span to the end of its last. */
  readonly millis: number;
}

export function tracesOf(spans: readonly ReadableSpan[]): RecordedTrace[] {
  const byTrace = new Map<string, ReadableSpan[]>();
  for (const span of spans) {
    const { traceId } = span.spanContext();
    const trace = byTrace.get(traceId);
    if (trace === undefined) byTrace.set(traceId, [span]);
    else trace.push(span);
  }
  return Array.from(byTrace, ([traceId, trace]) => ({
    traceId,
    spanIds: trace.map((span) => span.spanContext().spanId).sort(),
    failed: trace.some(({ status }) => status.code === SpanStatusCode.ERROR),
    millis:
      Math.max(...trace.map(({ endTime }) => millis(endTime))) -
      Math.min(...trace.map(({ startTime }) => millis(startTime))),
  }));
}

function millis([seconds, nanos]: HrTime): number {
  return seconds * 1000 + nanos / 1e6;
}
