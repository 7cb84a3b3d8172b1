import { SpanKind, trace } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AlwaysOnSampler, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { SpanRecorder } from '../demo/span-recorder.js';

export const recorder = new SpanRecorder((traceId) => console.log(`trace ${traceId}\n`));

/** Registered as the global one, with a context manager; the interceptors look it up when the first call comes. */
export const tracerProvider = new NodeTracerProvider({
  sampler: new AlwaysOnSampler(),
  resource: resourceFromAttributes({ 'service.name': 'nest' }),
  spanProcessors: [recorder],
});
tracerProvider.register();

/** Prints which span is active where it is called. */
export function sayWhere(place: string): void {
  const spanId = trace.getActiveSpan()?.spanContext().spanId;
  const span = recorder.spans.find((each) => each.spanContext().spanId === spanId);
  console.log(`${place.padEnd(40)} ${span ? `${SpanKind[span.kind]} ${span.name}` : 'no span'}`);
}
