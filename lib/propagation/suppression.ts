import { createContextKey, type Context } from '@opentelemetry/api';

// The key of `@opentelemetry/core` (2 and 3). Context keys of the API are `Symbol.for` symbols, so the same words make
// the same key, without a dependency on either core.
const SUPPRESS_TRACING_KEY = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/**
 * Whether tracing was switched off in this context, as exporters do around their own calls.
 *
 * @param context - the context that a call is made in
 */
export function isTracingSuppressed(context: Context): boolean {
  return context.getValue(SUPPRESS_TRACING_KEY) === true;
}
