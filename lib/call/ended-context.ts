import { trace, type Context, type Span, type SpanContext } from '@opentelemetry/api';
import { report } from '../diagnostics/report.js';

/** Who a span is, which is all that may stay of it after its end. Undefined where it does not say. */
export function identityOf(span: Span): SpanContext | undefined {
  try {
    return span.spanContext();
  } catch (error) {
    report('the span does not say who it is', error);
    return undefined;
  }
}

/**
 * The context for what comes after a span's end: with the span's identity in place of the span, which holds all that was
 * recorded and would stay as long as the call does.
 */
export function endedContext(parent: Context, identity: SpanContext | undefined): Context {
  return identity === undefined ? parent : trace.setSpanContext(parent, identity);
}
