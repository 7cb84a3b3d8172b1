import { Metadata, status } from '@grpc/grpc-js';
import type { Attributes } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace-node';
import type { RpcInfo, TracingOptions } from '../../lib/index.js';
import { invoke } from '../../tools/invoke.js';
import { DecidingSampler } from '../helpers/deciding-sampler.js';
import { useEcho } from '../helpers/echo.js';
import { behave } from '../helpers/echo-handlers.js';
import { expectedSeries } from '../helpers/expected-series.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { Measurements } from '../helpers/measurements.js';
import type { PlainSpan } from '../helpers/plain-span.js';
import { RecordingSampler } from '../helpers/recording-sampler.js';
import { callsOver, firstSpan, SIDES, SIDES_AND_SHAPES, telemetryOf, tracingOn } from '../helpers/sides.js';
import { Telemetry } from '../helpers/telemetry.js';

const echo = useEcho();

const OK = { code: status.OK, details: 'OK' };

function withAttributes(span: PlainSpan, attributes: Attributes): PlainSpan {
  return { ...span, attributes: { ...span.attributes, ...attributes } };
}

function metadataOf(entries: Record<string, string>): Metadata {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(entries)) metadata.set(key, value);
  return metadata;
}

describe.each(SIDES_AND_SHAPES)('on the %s, %s', (side, shape) => {
  it('fixed attributes are on every span', async () => {
    const attributes = { tenant: 'alice', zones: ['a', 'b'] };
    const rig = await echo.start(tracingOn(side, { attributes }));
    await invoke(rig.client, shape).result;
    await invoke(rig.client, shape).result;
    const expected = withAttributes(expectedSpan(side, shape, OK, rig.port), attributes);
    expect(await firstSpan(rig, side)).toEqual(expected);
    expect((await telemetryOf(rig, side).spans(2))[1]?.attributes).toEqual(expected.attributes);
  });

  it('a function is asked at each call, and sees method and metadata', async () => {
    const asked: RpcInfo[] = [];
    const attributes = (rpc: RpcInfo, metadata: Metadata): Attributes => {
      asked.push(rpc);
      return { tenant: String(metadata.get('tenant')[0]), kind: rpc.method };
    };
    const rig = await echo.start(tracingOn(side, { attributes }));
    await invoke(rig.client, shape, { metadata: metadataOf({ tenant: 'alice' }) }).result;
    await invoke(rig.client, shape, { metadata: metadataOf({ tenant: 'bob' }) }).result;
    const spans = await telemetryOf(rig, side).spans(2);
    expect(await firstSpan(rig, side)).toEqual(
      withAttributes(expectedSpan(side, shape, OK, rig.port), { tenant: 'alice', kind: shape }),
    );
    expect(spans[1]?.attributes).toMatchObject({ tenant: 'bob', kind: shape });
    expect(asked).toHaveLength(2);
    expect(asked[0]).toBe(asked[1]);
    expect(Object.isFrozen(asked[0])).toBe(true);
  });
});

describe.each(SIDES)('attributes of the application, on the %s', (side) => {
  const AT_START = {
    'rpc.system.name': 'grpc',
    'rpc.method': 'test.Echo/Unary',
    'server.address': '127.0.0.1',
    'server.port': expect.any(Number) as number,
  };
  const ALSO_AT_START = {
    client: {},
    server: { 'network.peer.address': '127.0.0.1', 'network.peer.port': expect.any(Number) as number },
  };

  it.each<[what: string, attributes: TracingOptions['attributes']]>([
    ['fixed', { tenant: 'alice' }],
    ['of a function', () => ({ tenant: 'alice' })],
  ])('are there when a sampler is asked: %s', async (_what, attributes) => {
    const sampler = new RecordingSampler();
    const rig = await echo.start(tracingOn(side, { attributes }, new Telemetry(sampler)));
    await invoke(rig.client, 'Unary').result;
    expect(sampler.seen).toEqual([{ ...AT_START, ...ALSO_AT_START[side], tenant: 'alice' }]);
  });

  it('are computed for a span that the sampler then drops: it decides by them', async () => {
    const sampler = new DecidingSampler(SamplingDecision.NOT_RECORD);
    const rig = await echo.start(tracingOn(side, { attributes: { tenant: 'alice' } }, new Telemetry(sampler)));
    await invoke(rig.client, 'Unary').result;
    expect(sampler.seen).toMatchObject([{ tenant: 'alice' }]);
    expect(telemetryOf(rig, side).startedCount).toBe(0);
  });

  const MINE: Attributes = { 'rpc.system.name': 'mine', 'server.address': 'mine.example', 'server.port': 1 };

  it.each<[what: string, attributes: TracingOptions['attributes']]>([
    ['fixed', MINE],
    ['of a function', () => MINE],
  ])('beat those of the conventions, and are on no metric: %s', async (_what, attributes) => {
    const measurements = new Measurements();
    const rig = await echo.start(tracingOn(side, { attributes, meterProvider: measurements.provider }));
    await invoke(rig.client, 'Unary').result;
    expect(await firstSpan(rig, side)).toEqual(withAttributes(expectedSpan(side, 'Unary', OK, rig.port), MINE));
    expect(await measurements.series(1)).toEqual(
      expectedSeries(side, 'Unary', { code: status.OK, failed: false }, rig.port),
    );
  });

  it('do not beat the outcome, which is known only at the end', async () => {
    const attributes = { 'rpc.status_code': 'mine', 'error.type': 'mine' };
    const rig = await echo.start(tracingOn(side, { attributes }));
    const outcome = await invoke(rig.client, 'Unary', { metadata: behave('code 13') }).result;
    expect(await firstSpan(rig, side)).toEqual(expectedSpan(side, 'Unary', outcome, rig.port));
  });

  it('beat captured metadata of the same name', async () => {
    const captureMetadata = { request: ['tenant'] };
    const attributes = { 'rpc.request.header.tenant': ['hidden'] };
    const rig = await echo.start(tracingOn(side, { captureMetadata, attributes }));
    await invoke(rig.client, 'Unary', { metadata: metadataOf({ tenant: 'alice' }) }).result;
    expect(await firstSpan(rig, side)).toEqual(withAttributes(expectedSpan(side, 'Unary', OK, rig.port), attributes));
  });

  it('stay what they were when the interceptor was made', async () => {
    const attributes: Attributes = { tenant: 'alice' };
    const rig = await echo.start(tracingOn(side, { attributes }));
    attributes['tenant'] = 'changed';
    await invoke(rig.client, 'Unary').result;
    expect((await firstSpan(rig, side)).attributes).toMatchObject({ tenant: 'alice' });
    expect(attributes).toEqual({ tenant: 'changed' });
  });

  it('a function is not asked for a call that is left out', async () => {
    const attributes = jest.fn<Attributes, []>(() => ({}));
    const rig = await echo.start(tracingOn(side, { attributes, filter: () => false }));
    await invoke(rig.client, 'Unary').result;
    await callsOver(rig);
    expect(attributes).not.toHaveBeenCalled();
  });

  it.each<[what: string, value: unknown]>([
    ['a function', () => 'alice'],
    ['a bigint', 1n],
    ['a date', new Date(0)],
    ['an object, which only SDK 3 takes', { name: 'alice' }],
    ['a mixed list, which only SDK 3 takes', ['alice', 1]],
  ])('of those of a function the SDK drops what it does not take, and tells diag: %s', async (_what, value) => {
    const attributes = untyped(() => ({ tenant: value, region: 'eu' }));
    const rig = await echo.start(tracingOn(side, { attributes }));
    expect((await invoke(rig.client, 'Unary').result).messages).toEqual(['hello']);
    expect(await firstSpan(rig, side)).toEqual(
      withAttributes(expectedSpan(side, 'Unary', OK, rig.port), { region: 'eu' }),
    );
    expect(echo.takeDiagLines()).toEqual(['Invalid attribute value set for key: tenant']);
  });

  // What TypeScript lets pass where a type is lost on the way.
  const untyped = (fn: () => unknown): TracingOptions['attributes'] => fn as () => Attributes;

  it.each<[what: string, attributes: TracingOptions['attributes'], told: readonly string[]]>([
    [
      'throws',
      untyped(() => {
        throw new Error('attributes');
      }),
      ['attributes threw'],
    ],
    ['returns a promise', untyped(() => Promise.resolve({ tenant: 'alice' })), ['attributes must be synchronous']],
    [
      'rejects',
      untyped(() => Promise.reject(new Error('attributes'))),
      ['attributes must be synchronous', 'attributes rejected'],
    ],
    ['returns undefined', untyped(() => undefined), []],
    ['returns null', untyped(() => null), []],
  ])('a function that %s adds none, and the call goes on', async (_what, attributes, told) => {
    const rig = await echo.start(tracingOn(side, { attributes }));
    expect((await invoke(rig.client, 'Unary').result).messages).toEqual(['hello']);
    expect(await firstSpan(rig, side)).toEqual(expectedSpan(side, 'Unary', OK, rig.port));
    expect(echo.takeDiagLines()).toEqual(told.map((line) => `grpc-js-opentelemetry: ${line}`));
  });
});
