import { status } from '@grpc/grpc-js';
import * as apiLogs from '@opentelemetry/api-logs';
import * as newer from 'otel-api-1.10';
import { tracingClientInterceptor, type ErrorLoggerProvider, type TracingOptions } from '../../lib/index.js';
import { version } from '../../package.json';
import { invoke } from '../../tools/invoke.js';
import { useApiRegistry } from '../helpers/api-registry.js';
import { useEcho, type EchoRig } from '../helpers/echo.js';
import { behave, DETAILS } from '../helpers/echo-handlers.js';
import { expectedRecord } from '../helpers/expected-record.js';
import { expectedSeries } from '../helpers/expected-series.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { LogRecords } from '../helpers/log-records.js';
import { Measurements } from '../helpers/measurements.js';
import { callsOver, firstSpan, SIDES, telemetryOf, tracingOn } from '../helpers/sides.js';

const echo = useEcho();
const registry = useApiRegistry();

const FAILURE = { code: status.INTERNAL, details: DETAILS };
const LOGS = { errorEvents: 'logs' } as const satisfies TracingOptions;

async function fail(rig: EchoRig): Promise<void> {
  expect(await invoke(rig.client, 'Unary', { metadata: behave('code 13') }).result).toMatchObject(FAILURE);
}

describe.each(SIDES)('a logger provider that is passed to the %s', (side) => {
  it('is asked once, by the name of the package, and with the schema', async () => {
    const { provider } = new LogRecords();
    const getLogger = jest.spyOn(provider, 'getLogger');
    const rig = await echo.start(tracingOn(side, { ...LOGS, loggerProvider: provider }));
    await fail(rig);
    await fail(rig);
    await callsOver(rig);
    expect(getLogger.mock.calls).toEqual([
      ['grpc-js-opentelemetry', version, { schemaUrl: 'https://opentelemetry.io/schemas/1.45.0' }],
    ]);
  });

  it('beats the global one', async () => {
    const [own, global] = [new LogRecords(), new LogRecords()];
    registry.register('logs', global.provider);
    const rig = await echo.start(tracingOn(side, { ...LOGS, loggerProvider: own.provider }));
    await fail(rig);
    await callsOver(rig);
    expect([own.all.length, global.all.length]).toEqual([1, 0]);
  });

  it('is a function, as some are', async () => {
    const emit = jest.fn();
    const loggerProvider = Object.assign(() => undefined, { getLogger: () => ({ emit }) });
    const rig = await echo.start(tracingOn(side, { ...LOGS, loggerProvider }));
    await fail(rig);
    await callsOver(rig);
    expect(emit).toHaveBeenCalledTimes(1);
  });
});

describe.each(SIDES)('where no logger provider is passed, the %s', (side) => {
  it('logs with the global one', async () => {
    const global = new LogRecords();
    registry.register('logs', global.provider);
    const rig = await echo.start(tracingOn(side, LOGS));
    await fail(rig);
    const [span] = await telemetryOf(rig, side).spans(1);
    expect(await global.first(1)).toStrictEqual([expectedRecord(side, 'Unary', FAILURE, span?.spanContext())]);
  });

  it('logs with one that is registered after the first call', async () => {
    const rig = await echo.start(tracingOn(side, LOGS));
    await fail(rig);
    await telemetryOf(rig, side).spans(1);
    const global = new LogRecords();
    registry.register('logs', global.provider);
    await fail(rig);
    const [, span] = await telemetryOf(rig, side).spans(2);
    expect(await global.first(1)).toStrictEqual([expectedRecord(side, 'Unary', FAILURE, span?.spanContext())]);
  });

  it('follows when another one is registered, and when there is none any more', async () => {
    const rig = await echo.start(tracingOn(side, LOGS));
    const [first, second] = [new LogRecords(), new LogRecords()];
    for (const [calls, global] of [first, second].entries()) {
      registry.register('logs', global.provider);
      await fail(rig);
      await telemetryOf(rig, side).spans(calls + 1);
      registry.unregister('logs');
    }
    await fail(rig);
    await callsOver(rig);
    expect([first.all.length, second.all.length]).toEqual([1, 1]);
  });

  it('tells a call to whom it was begun with, also when another one is registered meanwhile', async () => {
    const [first, second] = [new LogRecords(), new LogRecords()];
    registry.register('logs', first.provider);
    const rig = await echo.start(tracingOn(side, LOGS));
    const { call, result } = invoke(rig.client, 'Bidi', { metadata: behave('hang') });
    await rig.serverTelemetry.started(1);
    registry.register('logs', second.provider);
    call.cancel();
    await result;
    await fail(rig);
    await callsOver(rig);
    // To a server it is no error when its client cancels.
    expect([first.all.length, second.all.length]).toEqual([{ client: 1, server: 0 }[side], 1]);
  });

  it.each([undefined, null, 'text', 1, {}, { getLogger: true }])(
    'takes what is no provider for none, and leaves the call alone: %p',
    async (none) => {
      registry.register('logs', none);
      const rig = await echo.start(tracingOn(side, LOGS));
      await fail(rig);
      expect(await firstSpan(rig, side)).toEqual({
        ...expectedSpan(side, 'Unary', FAILURE, rig.port),
        events: [],
      });
    },
  );

  it('asks no provider that has come as long as no failure is to be logged', async () => {
    const getLogger = jest.fn();
    registry.register('logs', { getLogger });
    const rig = await echo.start(tracingOn(side, { errorEvents: 'span' }));
    await fail(rig);
    await callsOver(rig);
    expect(getLogger).not.toHaveBeenCalled();
  });
});

describe('a provider that is registered with API 1.10 itself', () => {
  // As in a process in which that copy came first; it meets no older one.
  beforeEach(() => registry.forget());
  afterEach(() => newer.logs.disable());

  it.each(SIDES)('is found by the %s, which uses 1.9', async (side) => {
    const global = new LogRecords();
    const rig = await echo.start(tracingOn(side, LOGS));
    await fail(rig);
    expect(newer.logs.setGlobalLoggerProvider(global.provider)).toBe(true);
    await fail(rig);
    newer.logs.disable();
    await fail(rig);
    const [, span] = await telemetryOf(rig, side).spans(3);
    expect(await global.first(1)).toStrictEqual([expectedRecord(side, 'Unary', FAILURE, span?.spanContext())]);
  });

  it.each(SIDES)('is told what the %s logs with what that API hands out before', async (side) => {
    const global = new LogRecords();
    const rig = await echo.start(tracingOn(side, { ...LOGS, loggerProvider: newer.logs.getLoggerProvider() }));
    await fail(rig);
    newer.logs.setGlobalLoggerProvider(global.provider);
    await fail(rig);
    const [, span] = await telemetryOf(rig, side).spans(2);
    expect(await global.first(1)).toStrictEqual([expectedRecord(side, 'Unary', FAILURE, span?.spanContext())]);
  });
});

it('the provider may be of any copy that has them: API 1.10, api-logs, or an application of its own', () => {
  const ofApi: newer.LoggerProvider = newer.logs.getLoggerProvider();
  const ofApiLogs: apiLogs.LoggerProvider = apiLogs.logs.getLoggerProvider();
  const own: ErrorLoggerProvider = {
    getLogger: (name, itsVersion, options) => ({
      emit: ({ eventName, severityNumber }) => {
        process.emitWarning([name, itsVersion, options?.schemaUrl, eventName, severityNumber].join());
      },
    }),
  };
  // That they compile is what is tested.
  for (const loggerProvider of [ofApi, ofApiLogs, own, new LogRecords().provider]) {
    expect(tracingClientInterceptor({ loggerProvider })).toBeInstanceOf(Function);
  }
});

describe.each(SIDES)('the call of a %s goes on, and the others are told', (side) => {
  const broken = (): never => {
    throw new Error('logs are broken');
  };
  // What plain JavaScript may pass.
  const untyped = (provider: unknown): ErrorLoggerProvider => provider as ErrorLoggerProvider;

  const NO_LOGGER = 'the logger could not be had';
  const NO_RECORD = 'the failure could not be logged';

  const BROKEN: readonly (readonly [what: string, provider: ErrorLoggerProvider, told: readonly string[]])[] = [
    ['the provider throws, which is told once', { getLogger: broken }, [NO_LOGGER]],
    [
      'the logger throws, which is told of each failure',
      { getLogger: () => ({ emit: broken }) },
      [NO_RECORD, NO_RECORD],
    ],
    ['the provider gives no logger', untyped({ getLogger: () => undefined }), [NO_RECORD, NO_RECORD]],
    ['the logger has no method', untyped({ getLogger: () => ({}) }), [NO_RECORD, NO_RECORD]],
  ];

  async function expectUnharmed(rig: EchoRig, measurements: Measurements): Promise<void> {
    await fail(rig);
    await fail(rig);
    await callsOver(rig);
    expect(await firstSpan(rig, side)).toEqual(expectedSpan(side, 'Unary', FAILURE, rig.port));
    expect(telemetryOf(rig, side).ended).toHaveLength(2);
    expect(await measurements.series(2)).toEqual(
      expectedSeries(side, 'Unary', { code: status.INTERNAL, failed: true }, rig.port),
    );
  }

  it.each(BROKEN)('when %s', async (_what, loggerProvider, told) => {
    const measurements = new Measurements();
    const options = { errorEvents: 'dup', loggerProvider, meterProvider: measurements.provider } as const;
    await expectUnharmed(await echo.start(tracingOn(side, options)), measurements);
    expect(echo.takeDiagLines()).toEqual(told.map((line) => `grpc-js-opentelemetry: ${line}`));
  });

  it.each(BROKEN)('when of a global one %s', async (_what, provider, told) => {
    const measurements = new Measurements();
    registry.register('logs', provider);
    const options = { errorEvents: 'dup', meterProvider: measurements.provider } as const;
    await expectUnharmed(await echo.start(tracingOn(side, options)), measurements);
    expect(echo.takeDiagLines()).toEqual(told.map((line) => `grpc-js-opentelemetry: ${line}`));
  });

  it('when the span and the metrics are broken, and the failure is logged all the same', async () => {
    const records = new LogRecords();
    const tracing: TracingOptions = {
      ...LOGS,
      loggerProvider: records.provider,
      tracerProvider: { getTracer: broken },
      meterProvider: { getMeter: broken },
    };
    const rig = await echo.start(tracingOn(side, tracing));
    await fail(rig);
    const [record] = await records.first(1);
    expect(record).toStrictEqual(expectedRecord(side, 'Unary', FAILURE, record?.spanContext));
    expect(echo.takeDiagLines()).toEqual([
      'grpc-js-opentelemetry: the tracer could not be had',
      'grpc-js-opentelemetry: the instruments could not be made',
    ]);
  });
});
