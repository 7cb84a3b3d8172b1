import { AssertionError } from 'node:assert';
import { BasicTracerProvider, SamplingDecision } from '@opentelemetry/sdk-trace-node';
import { InMemoryTelemetry, type SpanRecorder } from 'grpc-js-opentelemetry/testing';
import { invoke } from '../../tools/invoke.js';
import { DecidingSampler } from '../helpers/deciding-sampler.js';
import { useEcho } from '../helpers/echo.js';
import { behave } from '../helpers/echo-handlers.js';
import { called, countedTelemetry, record, SPAN_1, SPAN_2, TRACE_1, TRACE_2 } from './kit.js';

const echo = useEcho();
const AT_ONCE = { timeoutMillis: 1 };

it('keeps the spans of both sides of a call, and waits for the one that ends last', async () => {
  const telemetry = countedTelemetry();
  const { tracerProvider } = telemetry;
  const rig = await echo.start({ serverTracing: { tracerProvider }, clientTracing: { tracerProvider } });
  await invoke(rig.client, 'Unary').result;
  const spans = await telemetry.ended(2);
  expect(spans.map(({ name, ended }) => [name, ended])).toEqual([
    ['test.Echo/Unary', true],
    ['test.Echo/Unary', true],
  ]);
  expect(telemetry.spans).toEqual(spans);
  expect(telemetry.openSpans).toEqual([]);
});

it('waits for a call to reach the server, and for what was started to end', async () => {
  const telemetry = countedTelemetry();
  const { tracerProvider } = telemetry;
  const rig = await echo.start({ serverTracing: { tracerProvider }, clientTracing: { tracerProvider } });
  const { call, result } = invoke(rig.client, 'Unary', { metadata: behave('hang') });
  await telemetry.started(2);
  expect(telemetry.openSpans.map((span) => span.spanContext().spanId)).toEqual([SPAN_1, SPAN_2]);
  call.cancel();
  expect(await telemetry.allEnded()).toHaveLength(2);
  expect((await result).code).toBe(1);
});

it('resolves at once where what is waited for has been', async () => {
  const telemetry = countedTelemetry();
  expect(await telemetry.allEnded()).toEqual([]);
  const span = record(telemetry);
  await telemetry.started(1);
  expect(await telemetry.ended(1)).toEqual([span]);
  expect(await telemetry.ended(0)).toEqual([span]);
});

it('lets several wait for different things', async () => {
  const telemetry = countedTelemetry();
  const seen: string[] = [];
  const waits = [2, 1].map((count) => telemetry.ended(count).then((spans) => seen.push(`${count}: ${spans.length}`)));
  record(telemetry);
  await waits[1];
  expect(seen).toEqual(['1: 1']);
  record(telemetry);
  await Promise.all(waits);
  expect(seen).toEqual(['1: 1', '2: 2']);
});

it('hands out lists that stay as they are', () => {
  const telemetry = countedTelemetry();
  record(telemetry);
  const { spans, openSpans } = telemetry;
  telemetry.tracerProvider.getTracer('test').startSpan('open');
  record(telemetry);
  expect([spans.length, openSpans.length]).toEqual([1, 0]);
  telemetry.reset();
  expect(spans).toHaveLength(1);
});

it('forgets everything at a reset, also what ends afterwards', async () => {
  const telemetry = countedTelemetry();
  record(telemetry);
  const late = telemetry.tracerProvider.getTracer('test').startSpan('late');
  const waiting = telemetry.allEnded();
  telemetry.reset();
  expect(await waiting).toEqual([]);
  late.end();
  expect([telemetry.spans, telemetry.openSpans]).toEqual([[], []]);
  const next = record(telemetry);
  expect(await telemetry.ended(1)).toEqual([next]);
});

it('keeps what is recorded but not sampled', () => {
  const telemetry = countedTelemetry(new DecidingSampler(SamplingDecision.RECORD));
  record(telemetry);
  expect(telemetry.spans).toHaveLength(1);
});

it('shuts the provider down and keeps what was recorded', async () => {
  const telemetry = countedTelemetry();
  const shutdown = jest.spyOn(telemetry.tracerProvider, 'shutdown');
  record(telemetry);
  await telemetry.tracerProvider.forceFlush();
  await telemetry.shutdown();
  expect(shutdown).toHaveBeenCalledTimes(1);
  expect(telemetry.spans).toHaveLength(1);
});

it('answers the SDK with promises, as every span processor must', async () => {
  const recorders: SpanRecorder[] = [];
  new InMemoryTelemetry((recorder) => {
    recorders.push(recorder);
    return new BasicTracerProvider();
  });
  const [recorder] = recorders;
  await expect(recorder?.forceFlush()).resolves.toBeUndefined();
  await expect(recorder?.shutdown()).resolves.toBeUndefined();
});

describe('a wait that is in vain says what there is', () => {
  it.each([
    ['ended', (t) => t.ended(3, AT_ONCE), 'waited 1 ms for 3 spans to end, of which 1 did'],
    ['started', (t) => t.started(3, AT_ONCE), 'waited 1 ms for 3 spans to start, of which 2 did'],
    ['allEnded', (t) => t.allEnded(AT_ONCE), 'waited 1 ms for every span to end, of which 1 did not'],
  ] satisfies [string, (t: ReturnType<typeof countedTelemetry>) => Promise<unknown>, string][])(
    '%s',
    async (_name, wait, message) => {
      const telemetry = countedTelemetry();
      record(telemetry, { attributes: called('OK') });
      telemetry.tracerProvider.getTracer('test').startSpan('work');
      const error: unknown = await wait(telemetry).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(AssertionError);
      // The operator of which Jest shows the message alone.
      expect(error).toHaveProperty('operator', 'fail');
      expect(error).toHaveProperty(
        'message',
        `${message}\n\ntrace ${TRACE_1}\nCLIENT a.B/C OK ${SPAN_1}\n\ntrace ${TRACE_2}\nINTERNAL work ${SPAN_2}, open`,
      );
    },
  );

  it('after four seconds, unless told otherwise', async () => {
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
    const error: unknown = await countedTelemetry()
      .ended(1)
      .catch((reason: unknown) => reason);
    expect(timeout.mock.calls).toEqual([[4000]]);
    timeout.mockRestore();
    expect(error).toHaveProperty('message', 'waited 4000 ms for 1 spans to end, of which 0 did\n\nthere are no spans');
  });
});
