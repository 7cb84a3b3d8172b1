import { deepStrictEqual, equal } from 'node:assert/strict';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-node';
import { InMemoryTelemetry, type RecordedSpan } from 'grpc-js-opentelemetry/testing';
import { eventually } from '../../../tools/eventually.js';
import { whileServing, type Service } from '../three-services.js';
import { expectedSpan, type Protocol } from './expected.js';
import type { Jaeger } from './jaeger.js';
import type { JaegerSpan } from './query.js';
import { TENANT_HEADER, TRANSLATOR, visit, VISIT_SPANS } from './varied-visit.js';

/** Both sides cut nanoseconds to microseconds, by different ways. */
const TOLERANCE_MICROS = 1;
/** For a span that does not end. */
const PATIENCE_MILLIS = 20_000;
/** All spans go with the flush, which waits until they have been taken and rejects where they are not. */
const NEVER_MILLIS = 3_600_000;

/** Makes calls in this process and compares all that was recorded of them with all that Jaeger shows. @returns how many spans */
export async function compareRecordedCalls(
  { query }: Jaeger,
  newExporter: () => SpanExporter,
  protocol: Protocol,
): Promise<number> {
  const recorded = await recordCalls(newExporter);
  equal(recorded.length, VISIT_SPANS);
  const [first] = recorded;
  const traceId = String(first?.spanContext().traceId);
  const shown = await eventually(`whole trace ${traceId}`, async () => {
    const spans = await query.trace(traceId);
    return spans.length >= recorded.length ? spans : undefined;
  });
  const expected = bySpanId(recorded.map((span) => expectedSpan(span, protocol)));
  deepStrictEqual(
    bySpanId(shown).map((span, index) => withoutRounding(span, expected[index])),
    expected,
  );
  return shown.length;
}

async function recordCalls(newExporter: () => SpanExporter): Promise<readonly RecordedSpan[]> {
  const visitor = telemetryOf('visitor', newExporter());
  const greeter = telemetryOf('greeter', newExporter());
  const translator = telemetryOf('translator', newExporter());
  const tracing = {
    visitor: { tracerProvider: visitor.tracerProvider },
    greeter: {
      tracerProvider: greeter.tracerProvider,
      messageEvents: true,
      captureMetadata: { request: [TENANT_HEADER] },
    },
    translator: { tracerProvider: translator.tracerProvider },
  };
  await whileServing(tracing, TRANSLATOR, (client) => visit(client, visitor.tracerProvider.getTracer('visitor')));
  return (await Promise.all([visitor, greeter, translator].map(delivered))).flat();
}

function telemetryOf(service: Service, exporter: SpanExporter): InMemoryTelemetry<BasicTracerProvider> {
  return new InMemoryTelemetry(
    (recorder) =>
      new BasicTracerProvider({
        sampler: new AlwaysOnSampler(),
        resource: resourceFromAttributes({ 'service.name': service, 'service.instance.id': `${service}-1` }),
        spanProcessors: [recorder, new BatchSpanProcessor(exporter, { scheduledDelayMillis: NEVER_MILLIS })],
      }),
  );
}

async function delivered(telemetry: InMemoryTelemetry<BasicTracerProvider>): Promise<readonly RecordedSpan[]> {
  const spans = await telemetry.allEnded({ timeoutMillis: PATIENCE_MILLIS });
  await telemetry.tracerProvider.forceFlush();
  await telemetry.shutdown();
  return spans;
}

function bySpanId(spans: readonly JaegerSpan[]): JaegerSpan[] {
  return [...spans].sort((a, b) => (a.spanId < b.spanId ? -1 : 1));
}

function withoutRounding(span: JaegerSpan, expected: JaegerSpan | undefined): JaegerSpan {
  const near = (shown: number, wanted = NaN): number => (Math.abs(shown - wanted) <= TOLERANCE_MICROS ? wanted : shown);
  return { ...span, start: near(span.start, expected?.start), duration: near(span.duration, expected?.duration) };
}
