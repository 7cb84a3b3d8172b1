import { isSpanContextValid, trace, type SpanContext } from '@opentelemetry/api';
import { identityOf } from './propagation/span-identity.js';

/**
 * What {@link traceFields} returns: all three inside a span, none outside.
 *
 * @category Write trace ids into logs
 */
export type TraceFields =
  | {
      /** 32 lowercase hex digits. */
      readonly trace_id: string;
      /** 16 lowercase hex digits. */
      readonly span_id: string;
      /** Two lowercase hex digits: `01` of a sampled trace, `00` of one that is not. */
      readonly trace_flags: string;
    }
  | {
      /** Not there outside a span. */
      readonly trace_id?: never;
      /** Not there outside a span. */
      readonly span_id?: never;
      /** Not there outside a span. */
      readonly trace_flags?: never;
    };

/**
 * The trace id of the active span as 32 hex digits; `''` outside a span.
 *
 * @category Write trace ids into logs
 *
 * @example
 * ```ts
 * console.log(`[${traceId()}] greeting ${request.name}`);
 * ```
 */
export function traceId(): string {
  return activeSpanContext()?.traceId ?? '';
}

/**
 * The id of the active span as 16 hex digits; `''` outside a span.
 *
 * @category Write trace ids into logs
 *
 * @example
 * ```ts
 * console.log(`[${traceId()} ${spanId()}] greeting ${request.name}`);
 * ```
 */
export function spanId(): string {
  return activeSpanContext()?.spanId ?? '';
}

/**
 * The active span for a structured log line, to be spread into it: `logger.info({ ...traceFields(), user }, 'hello')`.
 * Outside a span there are no fields.
 *
 * Names and forms are those of "Trace Context in non-OTLP Log Formats":
 * https://opentelemetry.io/docs/specs/otel/compatibility/logging_trace_context/
 *
 * @category Write trace ids into logs
 *
 * @example
 * ```ts
 * console.log(JSON.stringify({ ...traceFields(), message: 'greeting', name: request.name }));
 * ```
 */
export function traceFields(): TraceFields {
  const spanContext = activeSpanContext();
  if (spanContext === undefined) return {};
  return {
    trace_id: spanContext.traceId,
    span_id: spanContext.spanId,
    trace_flags: (spanContext.traceFlags & 0xff).toString(16).padStart(2, '0'),
  };
}

/** Where no SDK is registered, the active span is one whose ids are all zeros. */
function activeSpanContext(): SpanContext | undefined {
  const spanContext = identityOf(trace.getActiveSpan());
  return spanContext !== undefined && isSpanContextValid(spanContext) ? spanContext : undefined;
}
