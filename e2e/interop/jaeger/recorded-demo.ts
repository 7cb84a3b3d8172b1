import { deepStrictEqual, equal } from 'node:assert/strict';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import type { Outlet } from '../../../examples/demo/outlet.js';
import { runDemo } from '../../../examples/demo/run.js';
import { SpanRecorder } from '../../../examples/demo/span-recorder.js';
import { eventually } from '../eventually.js';
import { expectedSpan, type Protocol } from './expected.js';
import type { Jaeger } from './jaeger.js';
import type { JaegerSpan } from './query.js';

/** As many as the demo's README shows. */
export const DEMO_SPANS = 18;
/** Both sides cut nanoseconds to microseconds, by different ways. */
const TOLERANCE_MICROS = 1;

/** Runs the demo in this process and compares all that it recorded with all that Jaeger shows. @returns how many spans */
export async function compareRecordedDemo(jaeger: Jaeger, outlet: Outlet, protocol: Protocol): Promise<number> {
  const recorded = await recordDemo(outlet);
  equal(recorded.length, DEMO_SPANS);
  const [first] = recorded;
  const traceId = String(first?.spanContext().traceId);
  const shown = await eventually(`whole trace ${traceId}`, async () => {
    const spans = await jaeger.query.trace(traceId);
    return spans.length >= recorded.length ? spans : undefined;
  });
  const expected = bySpanId(recorded.map((span) => expectedSpan(span, protocol)));
  deepStrictEqual(
    bySpanId(shown).map((span, index) => withoutRounding(span, expected[index])),
    expected,
  );
  return shown.length;
}

async function recordDemo(outlet: Outlet): Promise<readonly ReadableSpan[]> {
  const recorder = new SpanRecorder(() => undefined);
  const { failure, shutdown } = await runDemo(recorder, [outlet], new AbortController().signal);
  await shutdown();
  equal(failure, undefined);
  equal(outlet.failed, false, outlet.summary());
  return recorder.spans;
}

function bySpanId(spans: readonly JaegerSpan[]): JaegerSpan[] {
  return [...spans].sort((a, b) => (a.spanId < b.spanId ? -1 : 1));
}

function withoutRounding(span: JaegerSpan, expected: JaegerSpan | undefined): JaegerSpan {
  const near = (shown: number, wanted = NaN): number => (Math.abs(shown - wanted) <= TOLERANCE_MICROS ? wanted : shown);
  return { ...span, start: near(span.start, expected?.start), duration: near(span.duration, expected?.duration) };
}
