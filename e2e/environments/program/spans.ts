import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-node';

/** A span as it is printed. */
export interface PrintedSpan extends Pick<
  ReadableSpan,
  'name' | 'kind' | 'attributes' | 'status' | 'events' | 'links'
> {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string | undefined;
}

const exporter = new InMemorySpanExporter();
const processor: SpanProcessor = new SimpleSpanProcessor(exporter);
new NodeTracerProvider({ spanProcessors: [processor] }).register();

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
    traceId: span.spanContext().traceId,
    spanId: span.spanContext().spanId,
    parentSpanId: span.parentSpanContext?.spanId,
  }));
  exporter.reset();
  return spans;
}
