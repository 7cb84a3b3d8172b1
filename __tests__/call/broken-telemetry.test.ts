import { status } from '@grpc/grpc-js';
import {
  diag,
  metrics,
  type Histogram,
  type Meter,
  type Span,
  type TextMapPropagator,
  type Tracer,
  type TracerProvider,
} from '@opentelemetry/api';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { TracingOptions } from '../../lib/index.js';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { useEcho, type EchoSetup } from '../helpers/echo.js';
import { behave, type Behaviour } from '../helpers/echo-handlers.js';
import { SIDES, tracingOn } from '../helpers/sides.js';
import { Telemetry } from '../helpers/telemetry.js';

const echo = useEcho();
const NOOP = (): undefined => undefined;

const fail = (): never => {
  throw new Error('telemetry is broken');
};

/** As a compiler makes an async function that old engines can run. */
const rejecting = (): Promise<never> => Promise.reject(new Error('telemetry is broken'));

function brokenTracerProvider(startSpan: Tracer['startSpan']): TracerProvider {
  return { getTracer: () => ({ startSpan, startActiveSpan: fail }) };
}

/** A working span, meter or histogram, but one of its methods throws. */
function withBroken<T extends object>(working: T, method: keyof T, before: () => void = NOOP): T {
  return new Proxy(working, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      if (key !== method) return value.bind(target) as unknown; // of a method of unknown type
      return () => {
        before();
        return fail();
      };
    },
  });
}

/** A span whose end fails has ended all the same, else the rig would wait for it. */
function withBrokenMethod(span: Span, method: keyof Span): Span {
  return method === 'end' ? withBroken(span, method, () => span.end()) : withBroken(span, method);
}

const METER = new MeterProvider().getMeter('working');

function meterOf(histogram: Histogram): Meter {
  return new Proxy(METER, {
    get: (target, key): unknown => (key === 'createHistogram' ? () => histogram : Reflect.get(target, key)),
  });
}

type Broken = readonly [
  what: string,
  behaviour: Behaviour,
  code: status,
  told: string,
  options: (telemetry: Telemetry) => TracingOptions,
];

/** Spans that work, but for one method. */
function brokenSpans(method: keyof Span): (telemetry: Telemetry) => TracingOptions {
  return ({ provider }) => ({
    tracerProvider: brokenTracerProvider((...args) =>
      withBrokenMethod(provider.getTracer('working').startSpan(...args), method),
    ),
  });
}

const NO_TRACER = 'the tracer could not be had';
const NO_HISTOGRAM = 'the instruments could not be made';
const NO_OUTCOME = 'the outcome could not be put on the span';

const BROKEN: readonly Broken[] = [
  ['the provider throws in getTracer', 'ok', status.OK, NO_TRACER, () => ({ tracerProvider: { getTracer: fail } })],
  [
    'the tracer throws in startSpan',
    'ok',
    status.OK,
    'the span could not be started',
    () => ({ tracerProvider: brokenTracerProvider(fail) }),
  ],
  [
    'the meter provider throws in getMeter',
    'ok',
    status.OK,
    NO_HISTOGRAM,
    () => ({ meterProvider: { getMeter: fail } }),
  ],
  [
    'the meter throws in createHistogram',
    'ok',
    status.OK,
    NO_HISTOGRAM,
    () => ({ meterProvider: { getMeter: () => withBroken(METER, 'createHistogram') } }),
  ],
  [
    'the histogram throws in record',
    'ok',
    status.OK,
    'the duration could not be recorded',
    () => ({ meterProvider: { getMeter: () => meterOf(withBroken(METER.createHistogram('broken'), 'record')) } }),
  ],
  ['the span throws in end', 'ok', status.OK, 'the span could not be ended', brokenSpans('end')],
  ['the span throws in setAttributes', 'ok', status.OK, NO_OUTCOME, brokenSpans('setAttributes')],
  [
    'the span throws in isRecording',
    'ok',
    status.OK,
    'the span does not say whether it records',
    brokenSpans('isRecording'),
  ],
  ['the span throws in setStatus', 'code 13', status.INTERNAL, NO_OUTCOME, brokenSpans('setStatus')],
  ['the span throws in addEvent', 'code 13', status.INTERNAL, NO_OUTCOME, brokenSpans('addEvent')],
];

describe.each(SHAPES)('a %s call goes on and diag is told, although', (shape) => {
  /** Makes the call and tells what `diag` was told until the last span had ended. */
  async function linesOf(setup: EchoSetup, behaviour: Behaviour, code: status): Promise<string[]> {
    const rig = await echo.start(setup);
    const result = await invoke(rig.client, shape, { metadata: behave(behaviour) }).result;
    expect(result.code).toBe(code);
    await rig.close();
    return echo.takeDiagLines();
  }

  /** Once or more often, but nothing else. */
  function expectTold(lines: readonly string[], ...told: readonly string[]): void {
    expect([...new Set(lines)]).toEqual(told.map((what) => `grpc-js-opentelemetry: ${what}`));
  }

  it.each(BROKEN)('on the client %s', async (_what, behaviour, code, told, broken) => {
    const clientTelemetry = new Telemetry();
    expectTold(await linesOf({ clientTelemetry, clientTracing: broken(clientTelemetry) }, behaviour, code), told);
  });

  it.each(BROKEN)('on the server %s', async (_what, behaviour, code, told, broken) => {
    const serverTelemetry = new Telemetry();
    expectTold(await linesOf({ serverTelemetry, serverTracing: broken(serverTelemetry) }, behaviour, code), told);
  });

  it('on the client the span throws in spanContext: it is not passed on, nor is its identity kept', async () => {
    const clientTelemetry = new Telemetry();
    const clientTracing = brokenSpans('spanContext')(clientTelemetry);
    expectTold(
      await linesOf({ clientTelemetry, clientTracing }, 'ok', status.OK),
      'the propagator could not inject',
      'the span does not say who it is',
    );
  });

  it('on the client what comes with the response cannot be put on the span', async () => {
    const telemetry = new Telemetry();
    const options = { ...brokenSpans('setAttributes')(telemetry), captureMetadata: { response: ['a'] } };
    expectTold(
      await linesOf(tracingOn('client', options, telemetry), 'ok', status.OK),
      'the response metadata could not be captured',
      NO_OUTCOME,
    );
  });

  it.each(SIDES)('on the %s messages cannot be put on the span', async (side) => {
    const telemetry = new Telemetry();
    const options = { ...brokenSpans('addEvent')(telemetry), messageEvents: true };
    expectTold(
      await linesOf(tracingOn(side, options, telemetry), 'ok', status.OK),
      'a message event could not be added',
    );
  });

  it('the global meter provider throws in getMeter', async () => {
    metrics.setGlobalMeterProvider({ getMeter: fail });
    const lines = await linesOf({}, 'ok', status.OK).finally(() => metrics.disable());
    expectTold(lines, NO_HISTOGRAM);
  });

  it.each<[what: string, told: readonly string[], setup: EchoSetup]>([
    [
      'the propagator throws in inject',
      ['the propagator could not inject'],
      { clientTracing: { propagator: { ...passing(), inject: fail } } },
    ],
    [
      'the propagator throws in extract',
      ['the propagator could not extract'],
      { serverTracing: { propagator: { ...passing(), extract: fail } } },
    ],
    [
      'the propagator is asynchronous in inject, and rejects',
      ['the propagator could not inject', 'inject of the propagator rejected'],
      { clientTracing: { propagator: { ...passing(), inject: rejecting as unknown as TextMapPropagator['inject'] } } },
    ],
    [
      'the propagator is asynchronous in extract, and rejects',
      ['the propagator could not extract', 'extract of the propagator rejected'],
      // What its type forbids.
      {
        serverTracing: { propagator: { ...passing(), extract: rejecting as unknown as TextMapPropagator['extract'] } },
      },
    ],
  ])('%s', async (_what, told, setup) => {
    expectTold(await linesOf(setup, 'ok', status.OK), ...told);
  });
});

it.each([undefined, null, 'context', NOOP, {}, { getValue: true }])(
  'a propagator in plain JavaScript that extracts %p is told of, and the call goes on',
  async (extracted) => {
    const told = jest.spyOn(diag, 'error');
    // What its type forbids.
    const extract = (() => extracted) as unknown as TextMapPropagator['extract'];
    const rig = await echo.start({ serverTracing: { propagator: { ...passing(), extract } } });
    expect((await invoke(rig.client, 'Unary').result).code).toBe(status.OK);
    await rig.close();
    const calls = [...told.mock.calls];
    told.mockRestore();
    expect(calls).toEqual([
      ['grpc-js-opentelemetry: the propagator could not extract', new TypeError('what it returned is not a context')],
    ]);
    echo.takeDiagLines();
  },
);

function passing(): TextMapPropagator {
  return { inject: NOOP, extract: (context) => context, fields: () => [] };
}
