import { Metadata, status } from '@grpc/grpc-js';
import { metrics, ROOT_CONTEXT, type Attributes } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace-node';
import { CallSpan } from '../../lib/call/call-span.js';
import type { CallDetails, RpcInfo, RpcSide, TracingOptions } from '../../lib/index.js';
import { resolveOptions } from '../../lib/options/settings.js';
import { invoke } from '../../tools/invoke.js';
import { DecidingSampler } from '../helpers/deciding-sampler.js';
import { useEcho } from '../helpers/echo.js';
import { behave } from '../helpers/echo-handlers.js';
import { expectedSeries } from '../helpers/expected-series.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { measured } from '../helpers/measured.js';
import { Measurements } from '../helpers/measurements.js';
import { callsOver, firstSpan, SIDES, SIDES_AND_SHAPES, tracingOn } from '../helpers/sides.js';
import { Telemetry } from '../helpers/telemetry.js';

const echo = useEcho();

afterEach(() => {
  metrics.disable();
});

const OK = { code: status.OK, failed: false };

type MetricAttributes = NonNullable<TracingOptions['metricAttributes']>;

/** The tier that a call's metadata names. */
const tierOf: MetricAttributes = (_rpc, metadata) => ({ tier: String(metadata.get('tier')[0]) });

function metadataOf(tier: string): Metadata {
  const metadata = new Metadata();
  metadata.set('tier', tier);
  return metadata;
}

const methodAndServer = (side: RpcSide, port: number): Attributes => ({
  'rpc.system.name': 'grpc',
  'rpc.method': 'test.Echo/Unary',
  ...(side === 'client' && { 'server.address': '127.0.0.1', 'server.port': port }),
});

describe.each(SIDES)('attributes of one’s own, on the metrics of the %s', (side) => {
  it('are on the durations of both conventions and on the calls in flight', async () => {
    const options = { metricAttributes: tierOf, activeCalls: true, semanticConventions: 'dup' } as const;
    const { rig, measurements } = await measured(echo, side, options);
    await invoke(rig.client, 'Unary', { metadata: metadataOf('paid') }).result;
    await callsOver(rig);
    const own = { tier: 'paid' };
    const at = side === 'client' ? { 'server.address': '127.0.0.1', 'server.port': rig.port } : {};
    const stable = { 'rpc.system.name': 'grpc', 'rpc.method': 'test.Echo/Unary' };
    const old = { 'rpc.system': 'grpc', 'rpc.service': 'test.Echo', 'rpc.method': 'Unary' };
    expect(await measurements.series(4)).toStrictEqual({
      [`rpc.${side}.call.duration`]: [{ ...own, ...stable, ...at, 'rpc.status_code': 'OK' }],
      [`rpc.${side}.duration`]: [{ ...own, ...old, ...at, 'rpc.grpc.status_code': 0 }],
      [`rpc.${side}.active_requests`]: [{ ...own, ...old, ...stable, ...at }],
    });
  });

  it('are not on the span', async () => {
    const { rig } = await measured(echo, side, { metricAttributes: tierOf });
    await invoke(rig.client, 'Unary', { metadata: metadataOf('paid') }).result;
    expect(await firstSpan(rig, side)).toEqual(expectedSpan(side, 'Unary', { code: 0, details: 'OK' }, rig.port));
  });

  it('are beaten by those of the conventions, where a call has them', async () => {
    const metricAttributes = (): Attributes => ({
      'rpc.system.name': 'mine',
      'rpc.method': 'mine',
      'rpc.status_code': 'mine',
      'server.address': 'mine',
      'server.port': 1,
      // Of a call that did not fail, which has none.
      'error.type': 'mine',
    });
    const { rig, measurements } = await measured(echo, side, { metricAttributes, activeCalls: true });
    await invoke(rig.client, 'Unary').result;
    await callsOver(rig);
    // A server's metrics say neither of itself.
    const more = { ...metricAttributes(), ...methodAndServer(side, rig.port) };
    expect(await measurements.series(3)).toStrictEqual({
      [`rpc.${side}.call.duration`]: [{ ...more, 'rpc.status_code': 'OK' }],
      [`rpc.${side}.active_requests`]: [more],
    });
  });

  it('are of the call as it began: values that are changed afterwards change nothing', async () => {
    // One object for all calls, as a thrifty application has it.
    const shared: Attributes = {};
    const metricAttributes: MetricAttributes = (rpc, metadata, call) =>
      Object.assign(shared, tierOf(rpc, metadata, call));
    const { rig, measurements } = await measured(echo, side, { metricAttributes, activeCalls: true });
    const first = invoke(rig.client, 'Bidi', { metadata: metadataOf('free'), keepOpen: true });
    await first.firstMessage;
    await invoke(rig.client, 'Bidi', { metadata: metadataOf('paid') }).result;
    first.call.cancel();
    await first.result;
    await callsOver(rig);
    const measuredNow = await measurements.metrics(6);
    const [duration, active] = measuredNow.map(({ points }) => points);
    expect(duration?.map(({ attributes }) => [attributes['tier'], attributes['rpc.status_code']])).toEqual([
      ['paid', 'OK'],
      ['free', 'CANCELLED'],
    ]);
    expect(active?.map(({ attributes, value }) => [attributes['tier'], value])).toEqual([
      ['free', 0],
      ['paid', 0],
    ]);
    // Nor is the object changed by us.
    expect(shared).toStrictEqual({ tier: 'paid' });
  });

  it('may be a frozen object', async () => {
    const metricAttributes = (): Attributes => Object.freeze({ tier: 'free' });
    const { rig, measurements } = await measured(echo, side, { metricAttributes });
    await invoke(rig.client, 'Unary').result;
    expect(await measurements.series(1)).toStrictEqual({
      [`rpc.${side}.call.duration`]: [{ tier: 'free', ...methodAndServer(side, rig.port), 'rpc.status_code': 'OK' }],
    });
  });
});

describe('of two values', () => {
  const CALLS = 10_000;

  it.each(SIDES)('ten thousand calls make two series for each method and code: %s', async (side) => {
    const measurements = new Measurements();
    const settings = resolveOptions(side, {
      meterProvider: measurements.provider,
      metricAttributes: tierOf,
      activeCalls: true,
    });
    const observers = settings.observers();
    if (observers === undefined) throw new Error('nobody measures');
    const METHODS = ['/a.B/C', '/a.B/D'];
    const CODES = [status.OK, status.INTERNAL];
    for (let number = 0; number < CALLS; number++) {
      const path = METHODS[number % 2] ?? '';
      const method = settings.methods.get({ path, requestStream: false, responseStream: false });
      const metadata = metadataOf(number % 4 < 2 ? 'free' : 'paid');
      const start = { method, metadata, parent: ROOT_CONTEXT, deadline: undefined, attributes: {} };
      new CallSpan(settings, observers, start).end({ code: CODES[number % 8 < 4 ? 0 : 1] ?? NaN, details: '' });
    }
    const metricsNow = await measurements.metrics(3 * CALLS);
    const each = ['free', 'paid'].flatMap((tier) => ['a.B/C', 'a.B/D'].map((method) => ({ tier, method })));
    const [durations = [], active = []] = metricsNow.map(({ points }) =>
      points.map(({ attributes }) =>
        [attributes['tier'], attributes['rpc.method'], attributes['rpc.status_code']].join(),
      ),
    );
    expect(durations.toSorted()).toEqual(
      each.flatMap(({ tier, method }) => ['INTERNAL', 'OK'].map((code) => [tier, method, code].join())).toSorted(),
    );
    expect(active.toSorted()).toEqual(each.map(({ tier, method }) => [tier, method, ''].join()).toSorted());
  });

  it.each(SIDES)('real calls do so, too, on the %s', async (side) => {
    const { rig, measurements } = await measured(echo, side, { metricAttributes: tierOf });
    for (let number = 0; number < 24; number++) {
      const metadata = behave(number % 2 === 0 ? 'ok' : 'code 13', metadataOf(number % 4 < 2 ? 'free' : 'paid'));
      await invoke(rig.client, number % 8 < 4 ? 'Unary' : 'Bidi', { metadata }).result;
    }
    await callsOver(rig);
    const points = Object.values(await measurements.points(24)).flat();
    expect(points.map(({ value }) => value.count)).toEqual(Array(8).fill(3));
  });
});

describe.each(SIDES_AND_SHAPES)('the function, on the %s, %s', (side, shape) => {
  it('is called once for each call, with method, metadata and details', async () => {
    const metricAttributes = jest.fn<Attributes, [RpcInfo, Metadata, CallDetails]>(() => ({}));
    const options = { metricAttributes, activeCalls: true, semanticConventions: 'dup', messageEvents: true } as const;
    const { rig } = await measured(echo, side, options);
    for (const tier of ['free', 'paid']) await invoke(rig.client, shape, { metadata: metadataOf(tier) }).result;
    await callsOver(rig);
    const rpc = expect.objectContaining({ side, fullMethod: `test.Echo/${shape}` }) as RpcInfo;
    expect(metricAttributes.mock.calls).toEqual([
      [rpc, expect.any(Metadata), { deadline: undefined }],
      [rpc, expect.any(Metadata), { deadline: undefined }],
    ]);
    expect(metricAttributes.mock.calls.map(([, metadata]) => metadata.get('tier'))).toEqual([['free'], ['paid']]);
    expect(metricAttributes.mock.calls[0]?.[0]).toBe(metricAttributes.mock.calls[1]?.[0]);
  });
});

describe.each(SIDES)('the function is not called on the %s', (side) => {
  it.each<[why: string, options: TracingOptions]>([
    ['where nothing is measured', {}],
    ['for a call that is left out', { filter: () => false, meterProvider: new Measurements().provider }],
    [
      'where the meter provider fails',
      {
        meterProvider: {
          getMeter: () => {
            throw new Error('no meter');
          },
        },
      },
    ],
  ])('%s', async (_why, options) => {
    const metricAttributes = jest.fn(() => ({}));
    const rig = await echo.start(tracingOn(side, { ...options, metricAttributes, activeCalls: true }));
    await invoke(rig.client, 'Unary').result;
    await callsOver(rig);
    expect(metricAttributes).not.toHaveBeenCalled();
    echo.takeDiagLines();
  });
});

it.each(SIDES)('a call of the %s that is not sampled has them', async (side) => {
  const measurements = new Measurements();
  const options = { metricAttributes: () => ({ tier: 'free' }), meterProvider: measurements.provider };
  const telemetry = new Telemetry(new DecidingSampler(SamplingDecision.NOT_RECORD));
  const rig = await echo.start(tracingOn(side, options, telemetry));
  await invoke(rig.client, 'Unary').result;
  expect(await measurements.series(1)).toStrictEqual({
    [`rpc.${side}.call.duration`]: [{ tier: 'free', ...methodAndServer(side, rig.port), 'rpc.status_code': 'OK' }],
  });
});

it.each(SIDES)('the function sees on the %s who is measured as another, by its own name', async (side) => {
  const asked: string[] = [];
  const metricAttributes: MetricAttributes = ({ fullMethod }) => {
    asked.push(fullMethod);
    return {};
  };
  const { rig, measurements } = await measured(echo, side, { metricAttributes, knownMethods: [] });
  await invoke(rig.client, 'Unary').result;
  expect(Object.values(await measurements.series(1)).flat()).toMatchObject([{ 'rpc.method': '_OTHER' }]);
  expect(asked).toEqual(['test.Echo/Unary']);
});

describe.each(SIDES)('on the %s, a function that', (side) => {
  // What TypeScript lets pass where a type is lost on the way.
  const untyped = (fn: () => unknown): TracingOptions['metricAttributes'] => fn as () => Attributes;
  const throwing = Object.defineProperty({}, 'tier', {
    enumerable: true,
    get: () => {
      throw new Error('attributes');
    },
  });

  it.each<[what: string, metricAttributes: TracingOptions['metricAttributes'], told: readonly string[]]>([
    [
      'throws',
      untyped(() => {
        throw new Error('attributes');
      }),
      ['metricAttributes threw'],
    ],
    ['returns a promise', untyped(() => Promise.resolve({ tier: 'free' })), ['metricAttributes must be synchronous']],
    [
      'rejects',
      untyped(() => Promise.reject(new Error('attributes'))),
      ['metricAttributes must be synchronous', 'metricAttributes rejected'],
    ],
    ['returns what throws when it is read', untyped(() => throwing), ['metricAttributes threw']],
    ['returns undefined', untyped(() => undefined), []],
    ['returns null', untyped(() => null), []],
    ['returns a number', untyped(() => 1), []],
  ])('%s adds none, and the call goes on', async (_what, metricAttributes, told) => {
    const { rig, measurements } = await measured(echo, side, { metricAttributes });
    expect((await invoke(rig.client, 'Unary').result).messages).toEqual(['hello']);
    expect(await firstSpan(rig, side)).toEqual(expectedSpan(side, 'Unary', { code: 0, details: 'OK' }, rig.port));
    expect(await measurements.series(1)).toStrictEqual(expectedSeries(side, 'Unary', OK, rig.port));
    expect(echo.takeDiagLines()).toEqual(told.map((line) => `grpc-js-opentelemetry: ${line}`));
  });
});
