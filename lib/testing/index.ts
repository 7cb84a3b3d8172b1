/**
 * For your own tests: that a call was traced, and what its spans say.
 *
 * @module grpc-js-opentelemetry/testing
 */

export {
  assertChildOf,
  assertNoSpanLink,
  assertNotChildOf,
  assertNotTraced,
  assertSpanLink,
  assertTraced,
} from './assertions.js';
export { callsIn, type ExpectedCall } from './expected-call.js';
export { formatSpans } from './format-spans.js';
export { InMemoryTelemetry, type SdkTracerProvider, type WaitOptions } from './in-memory-telemetry.js';
export { tracingMatchers, type MatcherContext, type MatcherResult, type TracingMatchers } from './matchers.js';
export { plainSpan, type PlainSpan } from './plain-span.js';
export type { RecordedSpan } from './recorded-span.js';
export type { SpanRecorder } from './span-recorder.js';
export { spanTree, type SpanTreeLine, type SpanTreeRow } from './span-tree.js';
