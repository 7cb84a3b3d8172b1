import type { Attributes } from '@opentelemetry/api';

/** A span as a program prints it. */
export interface SpanLine {
  /** What made it: its tracer's name. */
  readonly scope: string;
  readonly name: string;
  /** In capitals, as OpenTelemetry names it. */
  readonly kind: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  /** In capitals, as OpenTelemetry names it. */
  readonly status: string;
  readonly attributes: Attributes;
}

/** What a program prints, as one line of JSON. */
export interface Exchange {
  /** What the application got of its calls: whatever tracing must not change. */
  readonly seen: unknown;
  /** In the order of their ends. */
  readonly spans: readonly SpanLine[];
}
