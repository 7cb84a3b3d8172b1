import { trace, type Context } from '@opentelemetry/api';
import { report } from './report.js';

/**
 * The context for what comes after a span's end: with the span's identity in place of the span, which holds all that was
 * recorded and would stay as long as the call does.
 */
export function endedContext(context: Context): Context {
  try {
    const spanContext = trace.getSpanContext(context);
    return spanContext === undefined ? context : trace.setSpanContext(context, spanContext);
  } catch (error) {
    report('the span does not say who it is', error);
    return context;
  }
}
