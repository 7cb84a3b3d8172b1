import { trace, type Context, type SpanContext } from '@opentelemetry/api';

/**
 * The context for what comes after a span's end: with the span's identity, which is all that may stay of it, in place of the
 * span, which holds all that was recorded and would stay as long as the call does.
 */
export function endedContext(parent: Context, identity: SpanContext | undefined): Context {
  return identity === undefined ? parent : trace.setSpanContext(parent, identity);
}
