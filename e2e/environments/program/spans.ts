import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';

/** A span as it is printed. */
export interface PrintedSpan extends Pick<
  ReadableSpan,
  'name' | 'kind' | 'attributes' | 'status' | 'events' | 'links'
> {
  readonly scope: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string | undefined;
}

const exporter = new InMemorySpanExporter();
const processor: SpanProcessor = new SimpleSpanProcessor({ exporter });
// What SDK 2 does in its `register()`, written out, as SDK 3 wants it.
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new W3CTraceContextPropagator());
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [processor] }));

/** The spans that have ended so far; they are forgotten. */
export async function takeSpans(): Promise<PrintedSpan[]> {
  await processor.forceFlush();
  const spans = exporter.getFinishedSpans().map((span) => ({
    name: span.name,
    kind: span.kind,
    attributes: span.attributes,
    status: span.status,
    events: span.events,
    links: span.links,
    scope: span.instrumentationScope.name,
    traceId: span.spanContext().traceId,
    spanId: span.spanContext().spanId,
    parentSpanId: span.parentSpanContext?.spanId,
  }));
  exporter.reset();
  return spans;
}
