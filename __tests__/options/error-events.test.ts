import { status } from '@grpc/grpc-js';
import { context, isSpanContextValid, ROOT_CONTEXT, TraceFlags } from '@opentelemetry/api';
import { hrTimeToNanoseconds, suppressTracing } from '@opentelemetry/core';
import { SamplingDecision } from '@opentelemetry/sdk-trace-node';
import type { ErrorEvents, TracingOptions } from '../../lib/index.js';
import { invoke } from '../../tools/invoke.js';
import { party, useContextManager } from '../helpers/async-context.js';
import { DecidingSampler } from '../helpers/deciding-sampler.js';
import { CLIENT_TRACING, useEcho } from '../helpers/echo.js';
import { behave, DETAILS, type Behaviour } from '../helpers/echo-handlers.js';
import { expectedRecord } from '../helpers/expected-record.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { LogRecords } from '../helpers/log-records.js';
import { plainSpan } from '../helpers/plain-span.js';
import { callsOver, firstSpan, SIDES, SIDES_AND_SHAPES, telemetryOf, tracingOn } from '../helpers/sides.js';
import { Telemetry } from '../helpers/telemetry.js';

useContextManager();
const echo = useEcho();

const FAILURE = { code: status.INTERNAL, details: DETAILS };
const FAILING = { metadata: behave('code 13') };

const CHOICES: readonly (readonly [choice: ErrorEvents | undefined, leaves: { event: boolean; record: boolean }])[] = [
  [undefined, { event: true, record: false }],
  ['span', { event: true, record: false }],
  ['logs', { event: false, record: true }],
  ['dup', { event: true, record: true }],
  ['none', { event: false, record: false }],
];

describe.each(SIDES_AND_SHAPES)('a call that fails, on the %s, %s', (side, shape) => {
  it.each(CHOICES)('with errorEvents %p leaves %j, and an error on the span', async (errorEvents, leaves) => {
    const records = new LogRecords();
    const rig = await echo.start(tracingOn(side, { errorEvents, loggerProvider: records.provider }));
    await invoke(rig.client, shape, FAILING).result;
    await callsOver(rig);
    const [span] = await telemetryOf(rig, side).spans(1);
    const expected = expectedSpan(side, shape, FAILURE, rig.port);
    expect(span && plainSpan(span)).toStrictEqual({ ...expected, events: leaves.event ? expected.events : [] });
    expect(records.all).toStrictEqual(leaves.record ? [expectedRecord(side, shape, FAILURE, span?.spanContext())] : []);
  });
});

it.each(SIDES_AND_SHAPES)(
  'the event of a failure is not later than the end of its span, on the %s, %s',
  async (side, shape) => {
    const rig = await echo.start();
    await invoke(rig.client, shape, FAILING).result;
    await callsOver(rig);
    const [span] = await telemetryOf(rig, side).spans(1);
    const [event] = span?.events ?? [];
    expect(event && hrTimeToNanoseconds(event.time)).toBeLessThanOrEqual(hrTimeToNanoseconds(span?.endTime ?? [0, 0]));
  },
);

describe.each(SIDES)('records on the %s', (side) => {
  /** Those of one call, once it is over. */
  async function recordsOf(
    options: TracingOptions,
    behaviour: Behaviour,
    telemetry = new Telemetry(),
  ): Promise<LogRecords['all']> {
    const records = new LogRecords();
    const tracing = { errorEvents: 'logs', loggerProvider: records.provider, ...options } as const;
    const rig = await echo.start(tracingOn(side, tracing, telemetry));
    await invoke(rig.client, 'Unary', { metadata: behave(behaviour) }).result;
    await callsOver(rig);
    return records.all;
  }

  it('are none of a call that succeeds', async () => {
    expect(await recordsOf({}, 'ok')).toEqual([]);
  });

  it.each(['span', 'none', undefined] as const)('with errorEvents %p: no logger is asked for', async (errorEvents) => {
    const getLogger = jest.fn();
    expect(await recordsOf({ errorEvents, loggerProvider: { getLogger } }, 'code 13')).toEqual([]);
    expect(getLogger).not.toHaveBeenCalled();
  });

  it('are none of a call that is left out', async () => {
    expect(await recordsOf({ filter: () => false }, 'code 13')).toEqual([]);
  });

  it.each<[what: string, isError: boolean, behaviour: Behaviour, code: number]>([
    ['OK, which counts as a failure', true, 'ok', status.OK],
    ['NOT_FOUND, which counts as one', true, 'code 5', status.NOT_FOUND],
    ['INTERNAL, which counts as none', false, 'code 13', status.INTERNAL],
    ['a code outside 0 to 16, which counts as none', false, 'code 42', 42],
  ])('are what isError says: %s', async (_what, isError, behaviour, code) => {
    const telemetry = new Telemetry();
    const records = await recordsOf({ isError: () => isError }, behaviour, telemetry);
    const [span] = await telemetry.spans(1);
    // What grpc-js makes of a status without details.
    const details = code === 0 ? 'OK' : DETAILS;
    expect(records).toStrictEqual(
      isError ? [expectedRecord(side, 'Unary', { code, details }, span?.spanContext())] : [],
    );
  });

  it.each([
    ['not recorded', SamplingDecision.NOT_RECORD, TraceFlags.NONE],
    ['recorded and not sampled', SamplingDecision.RECORD, TraceFlags.NONE],
  ])('are made for a call that is %s, in the context that it has nevertheless', async (_what, decision, traceFlags) => {
    const records = await recordsOf({}, 'code 13', new Telemetry(new DecidingSampler(decision)));
    const [record] = records;
    expect(records).toStrictEqual([expectedRecord(side, 'Unary', FAILURE, record?.spanContext)]);
    expect(record?.spanContext).toMatchObject({ traceFlags });
    expect(record?.spanContext && isSpanContextValid(record.spanContext)).toBe(true);
  });

  it('are made where the tracer starts no span', async () => {
    const startSpan = (): never => {
      throw new Error('no span');
    };
    const tracerProvider = { getTracer: () => ({ startSpan, startActiveSpan: startSpan }) };
    const records = await recordsOf({ tracerProvider }, 'code 13');
    expect(records).toStrictEqual([expectedRecord(side, 'Unary', FAILURE, records[0]?.spanContext)]);
    expect(echo.takeDiagLines()).toEqual(['grpc-js-opentelemetry: the span could not be started']);
  });

  it('are made after the span has ended, so that it says nothing more', async () => {
    const order: string[] = [];
    const telemetry = new Telemetry();
    const emit = (): void => void order.push(`record, ${telemetry.ended.length} spans ended`);
    await recordsOf(
      { loggerProvider: { getLogger: () => ({ emit }) }, endHook: () => void order.push('endHook') },
      'code 13',
      telemetry,
    );
    expect(order).toEqual(['endHook', 'record, 1 spans ended']);
  });
});

it('a call that nobody traces is logged on the client in the context of its caller', async () => {
  const caller = party(1);
  const records = new LogRecords();
  const rig = await echo.start({
    clientTracing: { errorEvents: 'logs', loggerProvider: records.provider, tracerProvider: undefined },
  });
  await caller.run(() => invoke(rig.client, 'Unary', FAILING).result);
  const { traceId, spanId } = caller;
  expect(await records.first(1)).toStrictEqual([
    expectedRecord('client', 'Unary', FAILURE, { traceId, spanId, traceFlags: TraceFlags.SAMPLED }),
  ]);
});

it('a call that nobody traces is logged on the server in the context that its caller sent', async () => {
  const records = new LogRecords();
  const rig = await echo.start({
    serverTracing: { errorEvents: 'logs', loggerProvider: records.provider, tracerProvider: undefined },
  });
  await invoke(rig.client, 'Unary', FAILING).result;
  const [client] = await rig.clientTelemetry.spans(1);
  expect(await records.first(1)).toEqual([
    expectedRecord('server', 'Unary', FAILURE, client && { ...client.spanContext(), isRemote: true }),
  ]);
});

it('a call in a context in which tracing is suppressed leaves none', async () => {
  const records = new LogRecords();
  const rig = await echo.start({ clientTracing: { errorEvents: 'logs', loggerProvider: records.provider } });
  await context.with(suppressTracing(ROOT_CONTEXT), () => invoke(rig.client, 'Unary', FAILING).result);
  await callsOver(rig);
  expect(records.all).toEqual([]);
});

it('a call that never got to a server leaves one', async () => {
  const records = new LogRecords();
  const rig = await echo.start({ clientTracing: { errorEvents: 'logs', loggerProvider: records.provider } });
  rig.server.forceShutdown();
  const { code, details } = await invoke(rig.client, 'Unary').result;
  const [span] = await rig.clientTelemetry.spans(1);
  expect(await records.first(1)).toStrictEqual([
    expectedRecord('client', 'Unary', { code, details }, span?.spanContext()),
  ]);
});

it.each(CLIENT_TRACING)('a client traced by its %s leaves one for each call that failed', async (clientTracedBy) => {
  const records = new LogRecords();
  const clientTracing = { errorEvents: 'dup', loggerProvider: records.provider } as const;
  const rig = await echo.start({ clientTracing, clientTracedBy });
  for (const behaviour of ['ok', 'code 13', 'ok', 'code 13'] as const) {
    await invoke(rig.client, 'Unary', { metadata: behave(behaviour) }).result;
  }
  const spans = await rig.clientTelemetry.spans(4);
  expect(await firstSpan(rig, 'client')).toMatchObject({ events: [] });
  expect(await records.first(2)).toStrictEqual(
    [spans[1], spans[3]].map((span) => expectedRecord('client', 'Unary', FAILURE, span?.spanContext())),
  );
});
