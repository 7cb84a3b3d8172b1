import type { Attributes, HrTime, Link, SpanContext, SpanKind, SpanStatus } from '@opentelemetry/api';

/**
 * A span as an SDK keeps it, as far as the kit reads it. `ReadableSpan` of SDK 2 and of SDK 3 is one, so spans of an
 * `InMemorySpanExporter` are as good as those of {@link InMemoryTelemetry}.
 */
export interface RecordedSpan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly spanContext: () => SpanContext;
  /** Absent on a root span. */
  readonly parentSpanContext?: SpanContext;
  /** Seconds since 1970 and nanoseconds. */
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly duration: HrTime;
  readonly ended: boolean;
  readonly status: SpanStatus;
  readonly attributes: Attributes;
  readonly events: readonly { readonly name: string; readonly attributes?: Attributes; readonly time: HrTime }[];
  readonly links: readonly Link[];
  readonly resource: { readonly attributes: Attributes };
  readonly instrumentationScope: { readonly name: string; readonly version?: string };
}

/** Whether a value is a span that has been recorded: what the API's no-op provider makes is none, it keeps nothing. */
export function isRecordedSpan(value: unknown): value is RecordedSpan {
  return (
    typeof value === 'object' && value !== null && 'spanContext' in value && 'attributes' in value && 'kind' in value
  );
}
