import { status, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { metrics, type Attributes } from '@opentelemetry/api';
import { not, service, type SemanticConventions, type TracingOptions } from '../../lib/index.js';
import type { EchoClient } from '../../protos/types/test/Echo';
import { Echo } from '../../tools/echo.js';
import { invoke } from '../../tools/invoke.js';
import { useEcho, type EchoRig } from '../helpers/echo.js';
import { measured } from '../helpers/measured.js';
import { Measurements } from '../helpers/measurements.js';
import { callsOver } from '../helpers/sides.js';

const echo = useEcho();

const { requestSerialize, responseDeserialize } = Echo.service.Unary;

afterEach(() => {
  metrics.disable();
});

/** Calls whatever path; resolves with the code. */
function callPath(client: EchoClient, path: string): Promise<number> {
  return new Promise((resolve) => {
    client.makeUnaryRequest(path, requestSerialize, responseDeserialize, { text: 'hello' }, (error) =>
      resolve(error?.code ?? status.OK),
    );
  });
}

const pathsOf = (service: string, count: number): string[] =>
  Array.from({ length: count }, (_, number) => `/${service}/Method${number}`);

const callAll = (rig: EchoRig, paths: readonly string[]): Promise<number[]> =>
  Promise.all(paths.map((path) => callPath(rig.client, path)));

/** The methods of a metric's series. */
const methodsOf = (series: readonly Attributes[] = []): unknown[] => series.map((each) => each['rpc.method']);

/** As a metric says them. */
const named = (paths: readonly string[]): string[] => paths.map((path) => path.slice(1));

const MADE_UP = pathsOf('made.Up', 1000);

/** What a client measures of calls of these paths, one after the other made and together waited for. */
async function seriesOf(
  options: TracingOptions,
  paths: readonly string[],
): Promise<Record<string, readonly Attributes[]>> {
  const { rig, measurements } = await measured(echo, 'client', options);
  expect(new Set(await callAll(rig, paths))).toEqual(new Set([status.UNIMPLEMENTED]));
  return measurements.series(paths.length);
}

describe('a client that calls a thousand made-up paths', () => {
  it.each<[SemanticConventions, metrics: readonly string[]]>([
    ['stable', ['rpc.client.call.duration', 'rpc.client.active_requests']],
    ['dup', ['rpc.client.call.duration', 'rpc.client.duration', 'rpc.client.active_requests']],
    ['old', ['rpc.client.duration', 'rpc.client.active_requests']],
  ])('makes 257 series for each metric: %s', async (semanticConventions, expected) => {
    const series = await seriesOf({ semanticConventions, activeCalls: true }, MADE_UP);
    expect(Object.keys(series)).toEqual(expected);
    expect(Object.values(series).map((each) => each.length)).toEqual(expected.map(() => 257));
  });

  it('measures the first 256 by their names, all others as one, and its spans have all names', async () => {
    const { rig, measurements, telemetry } = await measured(echo, 'client');
    await callAll(rig, MADE_UP);
    await callAll(rig, MADE_UP.toReversed());
    const { 'rpc.client.call.duration': points = [] } = await measurements.points(2000);
    expect(points.map(({ attributes, value }) => [attributes['rpc.method'], value.count])).toEqual([
      ...named(MADE_UP.slice(0, 256)).map((method) => [method, 2]),
      ['_OTHER', 2 * 744],
    ]);
    const spans = await telemetry.spans(2000);
    const names = [...named(MADE_UP), ...named(MADE_UP)].toSorted();
    expect(spans.map(({ name }) => name).toSorted()).toEqual(names);
    expect(spans.map(({ attributes }) => attributes['rpc.method']).toSorted()).toEqual(names);
  });

  it('says as much of the others as of those that it names: the whole series', async () => {
    const { rig, measurements } = await measured(echo, 'client', { knownMethods: [], activeCalls: true });
    await callAll(rig, MADE_UP.slice(0, 2));
    const at = { 'server.address': '127.0.0.1', 'server.port': rig.port };
    const other = { 'rpc.system.name': 'grpc', 'rpc.method': '_OTHER', ...at };
    expect(await measurements.series(6)).toStrictEqual({
      'rpc.client.call.duration': [{ ...other, 'rpc.status_code': 'UNIMPLEMENTED', 'error.type': 'UNIMPLEMENTED' }],
      'rpc.client.active_requests': [other],
    });
  });

  it('has no service for the others by the old conventions, nor for a path that names none', async () => {
    const options = { semanticConventions: 'old', knownMethods: ['/a.B/C'] } as const;
    const { rig, measurements } = await measured(echo, 'client', options);
    await callAll(rig, ['/a.B/C', '/a.B/D']);
    const common = {
      'rpc.system': 'grpc',
      'server.address': '127.0.0.1',
      'server.port': rig.port,
      'rpc.grpc.status_code': 12,
    };
    expect(await measurements.series(2)).toStrictEqual({
      'rpc.client.duration': [
        { ...common, 'rpc.service': 'a.B', 'rpc.method': 'C' },
        { ...common, 'rpc.method': '_OTHER' },
      ],
    });
  });

  it('has no service by the old conventions, on span and metric, where the path names none', async () => {
    const { rig, measurements, telemetry } = await measured(echo, 'client', { semanticConventions: 'old' });
    await callAll(rig, ['/NoService']);
    const [span] = await telemetry.spans(1);
    const method = { 'rpc.system': 'grpc', 'rpc.method': 'NoService', 'rpc.grpc.status_code': 12 };
    const at = { 'server.address': '127.0.0.1', 'server.port': rig.port };
    expect(span?.attributes).toStrictEqual({
      ...method,
      ...at,
      'network.peer.address': '127.0.0.1',
      'network.peer.port': rig.port,
    });
    expect(await measurements.series(1)).toStrictEqual({ 'rpc.client.duration': [{ ...method, ...at }] });
  });
});

describe('who names its methods', () => {
  it.each<[what: string, knownMethods: readonly string[], methods: readonly string[]]>([
    [
      'with or without a slash before them',
      ['/made.Up/Method999', 'made.Up/Method3'],
      ['made.Up/Method3', '_OTHER', 'made.Up/Method999'],
    ],
    ['all', named(MADE_UP), named(MADE_UP)],
    ['none', [], ['_OTHER']],
  ])('has these, and all others as one: %s', async (_what, knownMethods, methods) => {
    const { 'rpc.client.call.duration': series } = await seriesOf({ knownMethods }, MADE_UP);
    expect(methodsOf(series).toSorted()).toEqual(methods.toSorted());
  });
});

describe('no place is taken', () => {
  const MEANT = pathsOf('meant.For', 256);

  it('by methods that are left out', async () => {
    const { rig, measurements } = await measured(echo, 'client', { filter: not(service('made.Up')) });
    await callAll(rig, MADE_UP);
    await callAll(rig, MEANT);
    const { 'rpc.client.call.duration': series } = await measurements.series(256);
    expect(methodsOf(series)).toEqual(named(MEANT));
  });

  it('by those that were called when nobody measured', async () => {
    const rig = await echo.start({ serverTracing: { meterProvider: new Measurements().provider } });
    await callAll(rig, MADE_UP);
    const measurements = new Measurements();
    metrics.setGlobalMeterProvider(measurements.provider);
    await callAll(rig, MEANT);
    const { 'rpc.client.call.duration': series } = await measurements.series(256);
    expect(methodsOf(series)).toEqual(named(MEANT));
  });

  it('by a second shape of one path, which is measured as the first', async () => {
    const { rig, measurements } = await measured(echo, 'client');
    await callPath(rig.client, '/test.Echo/Bidi');
    await invoke(rig.client, 'Bidi').result;
    await callAll(rig, pathsOf('meant.For', 255));
    const { 'rpc.client.call.duration': points = [] } = await measurements.points(257);
    expect(points.map(({ attributes }) => attributes['rpc.method'])).toEqual([
      'test.Echo/Bidi',
      ...named(pathsOf('meant.For', 255)),
    ]);
    expect(points[0]?.value.count).toBe(2);
  });
});

describe('a server', () => {
  /** With 300 methods, and the rig's four beside them. */
  const PATHS = pathsOf('large.Service', 300);
  const DEFINITION: ServiceDefinition = Object.fromEntries(
    PATHS.map((path, number) => [`Method${number}`, { ...Echo.service.Unary, path }]),
  );
  const HANDLERS: UntypedServiceImplementation = Object.fromEntries(
    Object.keys(DEFINITION).map((method) => [
      method,
      (call: { request: object }, callback: (error: null, value: object) => void) => callback(null, call.request),
    ]),
  );

  it.each<[what: string, options: TracingOptions, methods: readonly string[]]>([
    ['the first 256 methods that are called', {}, [...named(PATHS.slice(0, 256)), '_OTHER']],
    ['those that it names', { knownMethods: ['large.Service/Method299'] }, ['_OTHER', 'large.Service/Method299']],
    ['all of 300 that it names', { knownMethods: PATHS }, named(PATHS)],
  ])('measures %s, and all others as one', async (_what, options, methods) => {
    const addService = (server: EchoRig['server']): void => server.addService(DEFINITION, HANDLERS);
    const { rig, measurements, telemetry } = await measured(echo, 'server', options, { addService });
    for (const path of PATHS) expect(await callPath(rig.client, path)).toBe(status.OK);
    await callsOver(rig);
    const { 'rpc.server.call.duration': series } = await measurements.series(PATHS.length);
    expect(methodsOf(series)).toEqual(methods);
    expect((await telemetry.spans(PATHS.length)).map(({ name }) => name)).toEqual(named(PATHS));
  });
});
