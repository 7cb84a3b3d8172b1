import type { Attributes, HrTime, Link, SpanContext, SpanKind, SpanStatus } from '@opentelemetry/api';

/**
 * A span as an SDK keeps it, as far as the kit reads it. `ReadableSpan` of SDK 2 and of SDK 3 is one, so spans of an
 * `InMemorySpanExporter` are as good as those of {@link InMemoryTelemetry}.
 *
 * @category Record spans
 */
export interface RecordedSpan {
  /** The full method, unless a hook changed it. */
  readonly name: string;
  /** `SpanKind.CLIENT` or `SpanKind.SERVER`, where an interceptor made it. */
  readonly kind: SpanKind;
  /** Its trace id, its own id, whether it is sampled. */
  readonly spanContext: () => SpanContext;
  /** Absent on a root span. */
  readonly parentSpanContext?: SpanContext;
  /** Seconds since 1970 and nanoseconds. */
  readonly startTime: HrTime;
  /** Seconds since 1970 and nanoseconds; zeros as long as it is open. */
  readonly endTime: HrTime;
  /** Seconds and nanoseconds from start to end. */
  readonly duration: HrTime;
  /** Whether it is over. */
  readonly ended: boolean;
  /** The span's own status, `UNSET`, `OK` or `ERROR`, with its description. */
  readonly status: SpanStatus;
  /** What was set at its start and since. */
  readonly attributes: Attributes;
  /** In the order in which they were added. */
  readonly events: readonly {
    /** `exception`, `Inbound message`, … */
    readonly name: string;
    /** Absent where the event has none. */
    readonly attributes?: Attributes;
    /** Seconds since 1970 and nanoseconds. */
    readonly time: HrTime;
  }[];
  /** Other spans that it has to do with: the caller's, where a server does not trust it. */
  readonly links: readonly Link[];
  /** Who made it. */
  readonly resource: {
    /** `service.name` and the like. */
    readonly attributes: Attributes;
  };
  /** What made it: this package, unless `tracerName` says otherwise. */
  readonly instrumentationScope: {
    /** The tracer's name. */
    readonly name: string;
    /** The tracer's version. */
    readonly version?: string;
  };
}

/** Whether a value is a span that has been recorded: what the API's no-op provider makes is none, it keeps nothing. */
export function isRecordedSpan(value: unknown): value is RecordedSpan {
  return (
    typeof value === 'object' && value !== null && 'spanContext' in value && 'attributes' in value && 'kind' in value
  );
}

/** Whether a value names a span, as the contexts do that links and propagators hold. */
export function isSpanContext(value: unknown): value is SpanContext {
  return (
    typeof value === 'object' &&
    value !== null &&
    'traceId' in value &&
    typeof value.traceId === 'string' &&
    'spanId' in value &&
    typeof value.spanId === 'string'
  );
}
