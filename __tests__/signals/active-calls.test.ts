import { InterceptingCall, status, type Interceptor } from '@grpc/grpc-js';
import { metrics, trace, type Attributes, type Meter, type MeterProvider } from '@opentelemetry/api';
import { MeterProvider as SdkMeterProvider } from '@opentelemetry/sdk-metrics';
import { SamplingDecision } from '@opentelemetry/sdk-trace-node';
import type { RpcSide, TracingOptions } from '../../lib/index.js';
import { invoke, SHAPES, type Shape } from '../../tools/invoke.js';
import { WatchedCounters, type WatchedSeries } from '../../tools/watched-counters.js';
import { useDeadlines } from '../helpers/deadlines.js';
import { DecidingSampler } from '../helpers/deciding-sampler.js';
import { CLIENT_TRACING, useEcho, type EchoRig, type EchoSetup } from '../helpers/echo.js';
import { behave, type Behaviour } from '../helpers/echo-handlers.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { HeldStarts } from '../helpers/held-starts.js';
import { measured } from '../helpers/measured.js';
import { Measurements } from '../helpers/measurements.js';
import { retrying } from '../helpers/retrying.js';
import { callsOver, firstSpan, SIDES, SIDES_AND_SHAPES, telemetryOf, tracingOn } from '../helpers/sides.js';
import { Telemetry } from '../helpers/telemetry.js';

const echo = useEcho();
const deadlines = useDeadlines();

afterEach(() => {
  metrics.disable();
});

/** The whole series of one method. */
function seriesOf(
  side: RpcSide,
  shape: Shape,
  port: number,
  { now, most }: Pick<WatchedSeries, 'now' | 'most'>,
): WatchedSeries {
  return {
    counter: `rpc.${side}.active_requests`,
    attributes: {
      'rpc.system.name': 'grpc',
      'rpc.method': `test.Echo/${shape}`,
      ...(side === 'client' && { 'server.address': '127.0.0.1', 'server.port': port }),
    },
    now,
    least: 0,
    most,
  };
}

const OVER = { now: 0, most: 1 };
const IN_FLIGHT = { now: 1, most: 1 };

/** A rig of which one side counts, and what it has counted. */
async function counting(
  side: RpcSide,
  setup: EchoSetup = {},
  options: TracingOptions = {},
): Promise<{ rig: EchoRig; counters: WatchedCounters }> {
  const counters = new WatchedCounters();
  const tracing = { activeCalls: true, meterProvider: counters.provider, ...options };
  return { rig: await echo.start({ ...setup, ...tracingOn(side, tracing) }), counters };
}

describe.each(SIDES_AND_SHAPES)('on the %s, a %s call is in flight until it is over', (side, shape) => {
  it.each<[how: string, behaviour: Behaviour, code: number]>([
    ['its handler answers', 'ok', status.OK],
    ['its handler fails', 'code 13', status.INTERNAL],
    ['its handler fails with what is no error to a server', 'code 5', status.NOT_FOUND],
    ['its handler fails with a code outside 0 to 16', 'code 42', 42],
    ['its handler fails with a plain Error', 'plain error', status.UNKNOWN],
    ['its handler throws', 'throw', status.UNKNOWN],
    ['its answer cannot be serialized', 'unserializable', status.INTERNAL],
  ])('%s', async (_how, behaviour, code) => {
    const { rig, counters } = await counting(side);
    expect((await invoke(rig.client, shape, { metadata: behave(behaviour) }).result).code).toBe(code);
    await callsOver(rig);
    expect(counters.series).toStrictEqual([seriesOf(side, shape, rig.port, OVER)]);
  });

  it.each<[how: string, end: (call: { cancel(): void }, rig: EchoRig) => void]>([
    ['its client cancels', (call) => call.cancel()],
    ['its deadline passes', () => deadlines.pass()],
    ['its server is killed', (_call, rig) => rig.server.forceShutdown()],
  ])('it hangs, and %s', async (_how, end) => {
    const { rig, counters } = await counting(side);
    const callOptions = { deadline: deadlines.next() };
    const { call, result } = invoke(rig.client, shape, { metadata: behave('hang'), callOptions });
    await rig.serverTelemetry.started(1);
    expect(counters.series).toStrictEqual([seriesOf(side, shape, rig.port, IN_FLIGHT)]);
    end(call, rig);
    await result;
    await telemetryOf(rig, side).spans(1);
    expect(counters.series).toStrictEqual([seriesOf(side, shape, rig.port, OVER)]);
  });

  it('one of several at once', async () => {
    const { rig, counters } = await counting(side);
    const calls = Array.from({ length: 3 }, () => invoke(rig.client, shape, { metadata: behave('hang') }));
    await rig.serverTelemetry.started(3);
    for (const [over, { call, result }] of calls.entries()) {
      expect(counters.series).toStrictEqual([seriesOf(side, shape, rig.port, { now: 3 - over, most: 3 })]);
      call.cancel();
      await result;
      await telemetryOf(rig, side).spans(over + 1);
    }
    expect(counters.series).toStrictEqual([seriesOf(side, shape, rig.port, { now: 0, most: 3 })]);
  });
});

describe.each(SHAPES)('a %s call of a client that', (shape) => {
  it('never gets to a server is in flight until it fails', async () => {
    const { rig, counters } = await counting('client');
    const { port } = rig;
    rig.server.forceShutdown();
    await invoke(rig.client, shape).result;
    expect(counters.series).toStrictEqual([seriesOf('client', shape, port, OVER)]);
  });

  it('fails at its start is over by then', async () => {
    const throwing: Interceptor = (options, nextCall) =>
      new InterceptingCall(nextCall(options), {
        start: () => {
          throw new Error('no token');
        },
      });
    const { rig, counters } = await counting('client', { clientChain: (tracing) => [tracing, throwing] });
    expect(() => invoke(rig.client, shape)).toThrow('no token');
    expect(counters.series).toStrictEqual([seriesOf('client', shape, rig.port, OVER)]);
  });

  it('an interceptor below tracing holds back is in flight, and over when it is cancelled', async () => {
    const held = new HeldStarts();
    const { rig, counters } = await counting('client', { clientChain: (tracing) => [tracing, held.interceptor] });
    const { call } = invoke(rig.client, shape);
    expect(counters.series).toStrictEqual([seriesOf('client', shape, rig.port, IN_FLIGHT)]);
    call.cancel();
    await rig.clientTelemetry.spans(1);
    held.letGo();
    expect(counters.series).toStrictEqual([seriesOf('client', shape, rig.port, OVER)]);
  });
});

it.each(CLIENT_TRACING)('calls that a client’s %s traces are counted', async (clientTracedBy) => {
  const { rig, counters } = await counting('client', { clientTracedBy });
  const { call, result } = invoke(rig.client, 'Bidi', { metadata: behave('hang') });
  await rig.serverTelemetry.started(1);
  expect(counters.series).toStrictEqual([seriesOf('client', 'Bidi', rig.port, IN_FLIGHT)]);
  call.cancel();
  await result;
  expect(counters.series).toStrictEqual([seriesOf('client', 'Bidi', rig.port, OVER)]);
});

it('attempts of an interceptor above that retries are counted each, one after the other', async () => {
  const { rig, counters } = await counting('client', { clientChain: (tracing) => [retrying(2), tracing] });
  await invoke(rig.client, 'Unary', { metadata: behave('code 14') }).result;
  await callsOver(rig);
  expect(rig.clientTelemetry.startedCount).toBeGreaterThan(1);
  expect(counters.series).toStrictEqual([seriesOf('client', 'Unary', rig.port, OVER)]);
});

describe.each(SIDES)('calls in flight, on the %s', (side) => {
  it('are counted in the context of their spans', async () => {
    const { rig, measurements, telemetry } = await measured(echo, side, { activeCalls: true });
    await invoke(rig.client, 'Unary').result;
    const spans = await telemetry.spans(1);
    await measurements.metrics(3);
    const spanContext = spans[0]?.spanContext();
    expect(measurements.contexts.map((context) => trace.getSpanContext(context))).toEqual([
      spanContext,
      spanContext,
      spanContext,
    ]);
  });

  it('are counted where they are not sampled', async () => {
    const telemetry = new Telemetry(new DecidingSampler(SamplingDecision.NOT_RECORD));
    const counters = new WatchedCounters();
    const tracing = { activeCalls: true, meterProvider: counters.provider };
    const rig = await echo.start(tracingOn(side, tracing, telemetry));
    await invoke(rig.client, 'Unary').result;
    await callsOver(rig);
    expect(counters.series).toStrictEqual([seriesOf(side, 'Unary', rig.port, OVER)]);
  });

  it('are counted where nobody traces', async () => {
    const { rig, counters } = await counting(side, {}, { tracerProvider: undefined });
    await invoke(rig.client, 'Unary').result;
    await callsOver(rig);
    expect(counters.series).toStrictEqual([seriesOf(side, 'Unary', rig.port, OVER)]);
  });

  it('are not counted where they are left out', async () => {
    const { rig, counters } = await counting(side, {}, { filter: () => false });
    await invoke(rig.client, 'Unary').result;
    await callsOver(rig);
    expect(counters.series).toEqual([]);
  });

  it('go down where they went up, also when the provider is another one by then', async () => {
    const [first, second] = [new WatchedCounters(), new WatchedCounters()];
    metrics.setGlobalMeterProvider(first.provider);
    const other = { client: 'server', server: 'client' } as const;
    const setup = tracingOn(other[side], { meterProvider: new Measurements().provider });
    const rig = await echo.start({ ...setup, ...tracingOn(side, { activeCalls: true }) });
    const { call, result } = invoke(rig.client, 'Unary', { metadata: behave('hang') });
    await rig.serverTelemetry.started(1);
    metrics.disable();
    metrics.setGlobalMeterProvider(second.provider);
    await invoke(rig.client, 'Bidi').result;
    call.cancel();
    await result;
    await callsOver(rig);
    expect(first.series).toStrictEqual([seriesOf(side, 'Unary', rig.port, OVER)]);
    expect(second.series).toStrictEqual([seriesOf(side, 'Bidi', rig.port, OVER)]);
  });

  it('go down with a provider that is taken away meanwhile, and those that came before it do not', async () => {
    const counters = new WatchedCounters();
    const other = { client: 'server', server: 'client' } as const;
    const setup = tracingOn(other[side], { meterProvider: new Measurements().provider });
    const rig = await echo.start({ ...setup, ...tracingOn(side, { activeCalls: true }) });
    const before = invoke(rig.client, 'Bidi', { metadata: behave('hang') });
    await rig.serverTelemetry.started(1);
    metrics.setGlobalMeterProvider(counters.provider);
    const meanwhile = invoke(rig.client, 'Unary', { metadata: behave('hang') });
    await rig.serverTelemetry.started(2);
    metrics.disable();
    for (const { call, result } of [before, meanwhile]) {
      call.cancel();
      await result;
    }
    await callsOver(rig);
    expect(counters.series).toStrictEqual([seriesOf(side, 'Unary', rig.port, OVER)]);
  });

  /** A meter of the SDK's that makes its up-down counters so. */
  const meterProviderWith = (createUpDownCounter: Meter['createUpDownCounter']): MeterProvider => {
    const meter = Object.assign(new SdkMeterProvider().getMeter('test'), { createUpDownCounter });
    return { getMeter: () => meter };
  };

  it.each([undefined, false])('are no one’s business by default: %p', async (activeCalls) => {
    const createUpDownCounter = jest.fn();
    const meterProvider = meterProviderWith(createUpDownCounter);
    const rig = await echo.start(tracingOn(side, { activeCalls, meterProvider }));
    await invoke(rig.client, 'Unary').result;
    await callsOver(rig);
    expect(createUpDownCounter).not.toHaveBeenCalled();
  });

  it('have one counter, made once', async () => {
    const createUpDownCounter = jest.fn(() => ({ add: () => undefined }));
    const meterProvider = meterProviderWith(createUpDownCounter);
    const rig = await echo.start(tracingOn(side, { activeCalls: true, meterProvider }));
    for (const shape of SHAPES) await invoke(rig.client, shape).result;
    await callsOver(rig);
    const description = {
      client: 'Number of outgoing calls in flight.',
      server: 'Number of incoming calls in flight.',
    };
    expect(createUpDownCounter.mock.calls).toEqual([
      [`rpc.${side}.active_requests`, { description: description[side], unit: '{request}' }],
    ]);
  });
});

it.each(SIDES)('the call of a %s goes on where the meter makes no counter, which is told once', async (side) => {
  const createUpDownCounter = (): never => {
    throw new Error('no counter');
  };
  const meter = Object.assign(new SdkMeterProvider().getMeter('test'), { createUpDownCounter });
  const rig = await echo.start(tracingOn(side, { activeCalls: true, meterProvider: { getMeter: () => meter } }));
  for (let n = 0; n < 2; n++) expect((await invoke(rig.client, 'Unary').result).messages).toEqual(['hello']);
  await callsOver(rig);
  expect(telemetryOf(rig, side).ended).toHaveLength(2);
  expect(echo.takeDiagLines()).toEqual(['grpc-js-opentelemetry: the instruments could not be made']);
});

describe.each(SIDES)('the call of a %s goes on, and its duration is measured,', (side) => {
  const OK = { code: status.OK, details: 'OK' };
  const UNCOUNTED = 'grpc-js-opentelemetry: the calls in flight could not be counted';

  /** Makes a call with a meter of the SDK's but for its counters. */
  async function withCounter(add: (change: number, attributes?: Attributes) => void): Promise<void> {
    const measurements = new Measurements();
    const meter = measurements.provider.getMeter('grpc-js-opentelemetry');
    const meterProvider = { getMeter: () => Object.assign(meter, { createUpDownCounter: () => ({ add }) }) };
    const rig = await echo.start(tracingOn(side, { activeCalls: true, meterProvider }));
    expect((await invoke(rig.client, 'Unary').result).messages).toEqual(['hello']);
    await callsOver(rig);
    expect(await firstSpan(rig, side)).toEqual(expectedSpan(side, 'Unary', OK, rig.port));
    const points = await measurements.points(1);
    expect(points[`rpc.${side}.call.duration`]?.map(({ value }) => value.count)).toEqual([1]);
  }

  const broken = (): never => {
    throw new Error('no counter');
  };

  it('when the counter throws on the way up, and then it does not go down either', async () => {
    const down = jest.fn();
    await withCounter((change) => (change > 0 ? broken() : void down()));
    expect(down).not.toHaveBeenCalled();
    expect(echo.takeDiagLines()).toEqual([UNCOUNTED]);
  });

  it('when it throws on the way down', async () => {
    const up = jest.fn();
    await withCounter((change) => (change < 0 ? broken() : void up()));
    expect(up).toHaveBeenCalledTimes(1);
    expect(echo.takeDiagLines()).toEqual([UNCOUNTED]);
  });
});
