import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import { createTraceState } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { pageSpan } from '../../../examples/demo/html/page-span.js';

const PARENT = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: TraceFlags.SAMPLED };

test('all that is known of a span', async () => {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'greeter' }),
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  });
  const parent = trace.setSpanContext(ROOT_CONTEXT, { ...PARENT, traceState: createTraceState('k=v') });
  const span = provider.getTracer('tracer', '1.0').startSpan(
    'demo.Greeter/Greet',
    {
      kind: SpanKind.SERVER,
      startTime: [10, 0],
      attributes: { text: 'a b', count: 3, yes: true, list: ['a', 'b'] },
      links: [{ context: PARENT, attributes: { why: 'batch' } }],
    },
    parent,
  );
  span.addEvent('exception', { 'exception.message': 'lent out' }, [10, 2_500_000]);
  span.addEvent('nothing more', undefined, [11, 500_000_000]);
  span.setStatus({ code: SpanStatusCode.ERROR, message: 'why' });
  span.end([12, 0]);
  const [ended] = exporter.getFinishedSpans();
  if (ended === undefined) throw new Error('the span has not ended');

  const { spanId } = span.spanContext();
  expect(pageSpan(ended)).toEqual({
    row: expect.objectContaining({ spanId, service: 'greeter', side: 'server', duration: 2000 }) as unknown,
    sections: [
      {
        title: 'Attributes',
        entries: [
          ['text', 'a b'],
          ['count', '3'],
          ['yes', 'true'],
          ['list', '["a","b"]'],
        ],
      },
      { title: 'Event: exception, 2.5 ms after the start', entries: [['exception.message', 'lent out']] },
      { title: 'Event: nothing more, 1.5 s after the start', entries: [] },
      {
        title: 'Link',
        entries: [
          ['trace id', PARENT.traceId],
          ['span id', PARENT.spanId],
          ['why', 'batch'],
        ],
      },
      { title: 'Resource', entries: [['service.name', 'greeter']] },
      {
        title: 'Span',
        entries: [
          ['status', 'ERROR: why'],
          ['trace id', PARENT.traceId],
          ['span id', spanId],
          ['parent span id', PARENT.spanId],
          ['trace state', 'k=v'],
          ['scope', 'tracer 1.0'],
        ],
      },
    ],
  });
  await provider.shutdown();
});
