import type { Span, SpanContext } from '@opentelemetry/api';
import { report } from '../diagnostics/report.js';

/** Who a span is. Undefined where it does not say. */
export function identityOf(span: Span | undefined): SpanContext | undefined {
  try {
    return span?.spanContext();
  } catch (error) {
    report('the span does not say who it is', error);
    return undefined;
  }
}

/** Whether two spans are one, of which an SDK may show a new object each time. */
export function isSameSpan(one: Span | undefined, other: Span | undefined): boolean {
  if (one === other) return true;
  const [identity, another] = [identityOf(one), identityOf(other)];
  return identity !== undefined && identity.spanId === another?.spanId && identity.traceId === another.traceId;
}
