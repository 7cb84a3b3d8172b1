import { Metadata, status } from '@grpc/grpc-js';
import { SpanStatusCode, type Span } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace-node';
import type { CallOutcome, RpcInfo, TracingOptions } from '../../lib/index.js';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { DecidingSampler } from '../helpers/deciding-sampler.js';
import { useEcho } from '../helpers/echo.js';
import { behave } from '../helpers/echo-handlers.js';
import { expectedSeries } from '../helpers/expected-series.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { Measurements } from '../helpers/measurements.js';
import { handlersThat } from '../helpers/propagation/relay.js';
import { callsOver, firstSpan, SIDES, SIDES_AND_SHAPES, telemetryOf, tracingOn } from '../helpers/sides.js';
import { Telemetry } from '../helpers/telemetry.js';

const echo = useEcho();

const OK = { code: status.OK, details: 'OK' };

type StartHook = NonNullable<TracingOptions['startHook']>;
type EndHook = NonNullable<TracingOptions['endHook']>;

describe.each(SIDES_AND_SHAPES)('on the %s, %s', (side, shape) => {
  it('startHook gets the span, the method, the metadata and the details; endHook the span, the method and the outcome', async () => {
    const startHook = jest.fn<ReturnType<StartHook>, Parameters<StartHook>>();
    const endHook = jest.fn<ReturnType<EndHook>, Parameters<EndHook>>();
    const rig = await echo.start(tracingOn(side, { startHook, endHook }));
    const metadata = behave('code 9');
    const outcome = await invoke(rig.client, shape, { metadata }).result;
    const [span] = await telemetryOf(rig, side).spans(1);
    const rpc: RpcInfo = {
      side,
      service: 'test.Echo',
      method: shape,
      fullMethod: `test.Echo/${shape}`,
      requestStream: shape === 'ClientStream' || shape === 'Bidi',
      responseStream: shape === 'ServerStream' || shape === 'Bidi',
    };
    expect(startHook.mock.calls).toEqual([[span, rpc, expect.any(Metadata), { deadline: undefined }]]);
    expect(startHook.mock.calls[0]?.[0]).toBe(span);
    expect(startHook.mock.calls[0]?.[2].get('behaviour')).toEqual(['code 9']);
    expect(endHook.mock.calls).toEqual([[span, rpc, { code: status.FAILED_PRECONDITION, details: outcome.details }]]);
    expect(endHook.mock.calls[0]?.[0]).toBe(span);
  });

  it('startHook comes before the handler, endHook after it', async () => {
    const order: string[] = [];
    const rig = await echo.start({
      ...tracingOn(side, { startHook: () => void order.push('start'), endHook: () => void order.push('end') }),
      handlers: handlersThat(() => {
        order.push('handler');
        return Promise.resolve();
      }),
    });
    await invoke(rig.client, shape).result;
    await telemetryOf(rig, side).spans(1);
    expect(order).toEqual(['start', 'handler', 'end']);
  });

  it('endHook sees the whole span, still recording, and has the last word', async () => {
    const seen: unknown[] = [];
    const endHook: EndHook = (span) => {
      seen.push(span.isRecording());
      span.setAttributes({ 'rpc.status_code': 'mine', mine: true });
      span.setStatus({ code: SpanStatusCode.OK });
      span.updateName('mine');
    };
    const measurements = new Measurements();
    const rig = await echo.start(tracingOn(side, { endHook, meterProvider: measurements.provider }));
    await invoke(rig.client, shape).result;
    const expected = expectedSpan(side, shape, OK, rig.port);
    expect(await firstSpan(rig, side)).toEqual({
      ...expected,
      name: 'mine',
      status: { code: 'OK' },
      attributes: { ...expected.attributes, 'rpc.status_code': 'mine', mine: true },
    });
    expect(seen).toEqual([true]);
    expect(await measurements.series(1)).toEqual(
      expectedSeries(side, shape, { code: status.OK, failed: false }, rig.port),
    );
  });
});

describe.each(SIDES)('hooks on the %s', (side) => {
  it('get the same frozen object for the same method, another for another', async () => {
    const asked = new Map<string, RpcInfo[]>(SHAPES.map((shape) => [shape, []]));
    const note = (_span: Span, rpc: RpcInfo): void => void asked.get(rpc.method)?.push(rpc);
    const rig = await echo.start(tracingOn(side, { startHook: note, endHook: note }));
    for (const shape of [...SHAPES, ...SHAPES]) await invoke(rig.client, shape).result;
    await telemetryOf(rig, side).spans(2 * SHAPES.length);
    const infos = [...asked.values()];
    expect(infos.map((same) => [same.length, new Set(same).size])).toEqual(SHAPES.map(() => [4, 1]));
    expect(infos.flat().every(Object.isFrozen)).toBe(true);
  });

  it('can name the span when it starts', async () => {
    const rig = await echo.start(tracingOn(side, { startHook: (span, { method }) => void span.updateName(method) }));
    await invoke(rig.client, 'Unary').result;
    expect(await firstSpan(rig, side)).toEqual({ ...expectedSpan(side, 'Unary', OK, rig.port), name: 'Unary' });
  });

  it.each<[why: string, options: TracingOptions, telemetry: () => Telemetry]>([
    ['is not sampled', {}, () => new Telemetry(new DecidingSampler(SamplingDecision.NOT_RECORD))],
    ['is left out', { filter: () => false }, () => new Telemetry()],
  ])('are not called for a call that %s', async (_why, options, telemetry) => {
    const hook = jest.fn();
    const both = { startHook: hook, endHook: hook };
    const { provider } = new Measurements();
    const rig = await echo.start(tracingOn(side, { ...options, ...both, meterProvider: provider }, telemetry()));
    await invoke(rig.client, 'Unary').result;
    await callsOver(rig);
    expect(hook).not.toHaveBeenCalled();
  });

  it('are called for a span that records without being sampled', async () => {
    const hook = jest.fn();
    const telemetry = new Telemetry(new DecidingSampler(SamplingDecision.RECORD));
    const rig = await echo.start(tracingOn(side, { startHook: hook, endHook: hook }, telemetry));
    await invoke(rig.client, 'Unary').result;
    await telemetryOf(rig, side).spans(1);
    expect(hook).toHaveBeenCalledTimes(2);
  });

  describe.each(['startHook', 'endHook'] as const)('%s', (name) => {
    // What TypeScript lets pass: a function that returns something is a function that returns nothing.
    it.each<[what: string, hook: () => unknown, told: readonly string[]]>([
      [
        'throws',
        () => {
          throw new Error('hook');
        },
        [`${name} threw`],
      ],
      [
        'throws what is no error',
        () => {
          // What JavaScript lets pass.
          throw undefined as unknown as Error;
        },
        [`${name} threw`],
      ],
      ['is asynchronous', () => Promise.resolve(), [`${name} must be synchronous`]],
      ['rejects', () => Promise.reject(new Error('hook')), [`${name} must be synchronous`, `${name} rejected`]],
    ])('that %s: span, metric and call are as without it', async (_what, hook, told) => {
      const measurements = new Measurements();
      const rig = await echo.start(tracingOn(side, { [name]: hook, meterProvider: measurements.provider }));
      expect((await invoke(rig.client, 'Unary').result).messages).toEqual(['hello']);
      expect(await firstSpan(rig, side)).toEqual(expectedSpan(side, 'Unary', OK, rig.port));
      expect(await measurements.series(1)).toEqual(
        expectedSeries(side, 'Unary', { code: status.OK, failed: false }, rig.port),
      );
      expect(echo.takeDiagLines()).toEqual(told.map((line) => `grpc-js-opentelemetry: ${line}`));
    });
  });

  it('an endHook that ends the span itself: it ends once, is measured, and the SDK tells diag', async () => {
    const measurements = new Measurements();
    const options = { endHook: (span: Span) => span.end(), meterProvider: measurements.provider };
    const rig = await echo.start(tracingOn(side, options));
    expect((await invoke(rig.client, 'Unary').result).messages).toEqual(['hello']);
    expect(await firstSpan(rig, side)).toEqual(expectedSpan(side, 'Unary', OK, rig.port));
    expect(await measurements.series(1)).toEqual(
      expectedSeries(side, 'Unary', { code: status.OK, failed: false }, rig.port),
    );
    expect(echo.takeDiagLines()).toEqual([
      expect.stringContaining('on ended Span'),
      expect.stringContaining('only call end() on a span once'),
    ]);
  });

  it('a startHook that ends the span itself: the call goes on, and its end is not touched any more', async () => {
    const options = { startHook: (span: Span) => span.end(), messageEvents: true };
    const rig = await echo.start(tracingOn(side, options));
    expect((await invoke(rig.client, 'Unary').result).messages).toEqual(['hello']);
    await callsOver(rig);
    const span = await firstSpan(rig, side);
    expect(span.attributes).not.toHaveProperty(['rpc.status_code']);
    expect(span.events).toEqual([]);
    expect(echo.takeDiagLines()).toContainEqual(expect.stringContaining('only call end() on a span once'));
  });
});

describe('the metadata that startHook gets', () => {
  it('on the client is the caller’s own, before tracing writes into its clone', async () => {
    const seen: Metadata[] = [];
    const rig = await echo.start({ clientTracing: { startHook: (_span, _rpc, metadata) => void seen.push(metadata) } });
    const metadata = behave('ok');
    await invoke(rig.client, 'Unary', { metadata }).result;
    expect(seen).toEqual([metadata]);
    expect(seen[0]).toBe(metadata);
    expect(Object.keys(metadata.getMap())).toEqual(['behaviour']);
  });

  it('on the server is what arrived', async () => {
    const seen: string[][] = [];
    const rig = await echo.start({
      serverTracing: { startHook: (_span, _rpc, metadata) => void seen.push(Object.keys(metadata.getMap())) },
    });
    await invoke(rig.client, 'Unary', { metadata: behave('ok') }).result;
    await rig.serverTelemetry.spans(1);
    expect(seen).toEqual([expect.arrayContaining(['behaviour', 'traceparent'])]);
  });
});

it.each<[what: string, behaviour: 'ok' | 'code 42' | 'throw', outcome: CallOutcome]>([
  ['OK', 'ok', OK],
  ['a code outside 0 to 16', 'code 42', { code: 42, details: expect.any(String) as string }],
  ['a handler that throws', 'throw', { code: status.UNKNOWN, details: 'Unknown error' }],
])('endHook is told the outcome, and nothing but it, on both sides: %s', async (_what, behaviour, outcome) => {
  const outcomes: CallOutcome[] = [];
  const endHook: EndHook = (_span, _rpc, ended) => void outcomes.push(ended);
  const rig = await echo.start({ clientTracing: { endHook }, serverTracing: { endHook } });
  await invoke(rig.client, 'Unary', { metadata: behave(behaviour) }).result;
  await rig.serverTelemetry.spans(1);
  expect(outcomes).toEqual([outcome, outcome]);
});
