import { Metadata, ServerInterceptingCall, status, type ServerInterceptor } from '@grpc/grpc-js';
import { propagation, ROOT_CONTEXT, trace, TraceFlags, type TextMapPropagator } from '@opentelemetry/api';
import { AlwaysOffSampler, AlwaysOnSampler, ParentBasedSampler, type Sampler } from '@opentelemetry/sdk-trace-node';
import { ServiceNamePropagator, type RpcInfo, type ServerTracingOptions } from '../../lib/index.js';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { activeSpanId, party, useContextManager } from '../helpers/async-context.js';
import { useEcho, type EchoRig, type EchoSetup } from '../helpers/echo.js';
import { expectedSeries } from '../helpers/expected-series.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { Measurements } from '../helpers/measurements.js';
import { plainSpan } from '../helpers/plain-span.js';
import { handlersThat } from '../helpers/propagation/relay.js';
import { callsOver, firstSpan } from '../helpers/sides.js';
import { Telemetry } from '../helpers/telemetry.js';

useContextManager();
const echo = useEcho();

const OK = { code: status.OK, details: 'OK' };

const caller = party(
  1,
  propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage({ tenant: { value: 'alice' } })),
);

/** What the caller's context is on the wire. */
function headersOf(flags: '01' | '00' = '01'): Record<string, string> {
  return { traceparent: `00-${caller.traceId}-${caller.spanId}-${flags}`, baggage: 'tenant=alice' };
}

function metadataOf(headers: Record<string, string>): Metadata {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(headers)) metadata.set(key, value);
  return metadata;
}

/** A rig whose client writes no headers of its own. */
function server(serverTracing: ServerTracingOptions, setup: EchoSetup = {}): Promise<EchoRig> {
  return echo.start({ ...setup, serverTracing, clientChain: () => [] });
}

/** Whose context a call's span and its handler have; `parent` and `links` are span ids. */
async function origin(rig: EchoRig): Promise<{ parent: string; links: unknown[]; inTraceOfCaller: boolean }> {
  const [span] = await rig.serverTelemetry.spans(1);
  return {
    parent: span?.parentSpanContext?.spanId ?? 'none',
    links: span?.links.map(({ context, attributes }) => [context.traceId, context.spanId, attributes ?? {}]) ?? [],
    inTraceOfCaller: span?.spanContext().traceId === caller.traceId,
  };
}

const TRUSTED = { parent: caller.spanId, links: [], inTraceOfCaller: true };
const UNTRUSTED = { parent: 'none', links: [[caller.traceId, caller.spanId, {}]], inTraceOfCaller: false };
const UNKNOWN = { parent: 'none', links: [], inTraceOfCaller: false };

describe.each(SHAPES)('a caller who is not trusted: %s', (shape) => {
  it('starts no trace here: a new root, with a link to the caller’s span', async () => {
    const measurements = new Measurements();
    const rig = await server({ trustIncoming: false, meterProvider: measurements.provider });
    await invoke(rig.client, shape, { metadata: metadataOf(headersOf()) }).result;
    expect(await origin(rig)).toEqual(UNTRUSTED);
    expect(await firstSpan(rig, 'server')).toEqual({ ...expectedSpan('server', shape, OK, rig.port), links: 1 });
    expect(await measurements.series(1)).toEqual(
      expectedSeries('server', shape, { code: status.OK, failed: false }, rig.port),
    );
  });

  it('the handler runs in the new span, without the caller’s baggage, and so do its own calls', async () => {
    const seen: unknown[] = [];
    const see = (): void => void seen.push(propagation.getActiveBaggage(), activeSpanId());
    const back = await echo.start({
      handlers: handlersThat(() => Promise.resolve(void seen.push(propagation.getActiveBaggage()))),
    });
    const rig = await server(
      { trustIncoming: false },
      {
        handlers: handlersThat(async () => {
          see();
          await invoke(back.client, shape).result;
          see();
        }),
      },
    );
    await invoke(rig.client, shape, { metadata: metadataOf(headersOf()) }).result;
    const [span] = await rig.serverTelemetry.spans(1);
    const { traceId, spanId } = span?.spanContext() ?? {};
    expect(seen).toEqual([undefined, spanId, undefined, undefined, spanId]);
    expect((await back.clientTelemetry.spans(1))[0]?.parentSpanContext).toMatchObject({ traceId, spanId });
  });

  it('whose call is left out: the handler runs in no context of the caller’s', async () => {
    const seen: unknown[] = [];
    const back = await echo.start();
    const rig = await server(
      { trustIncoming: false, filter: () => false },
      {
        handlers: handlersThat(async () => {
          seen.push(propagation.getActiveBaggage(), trace.getActiveSpan());
          await invoke(back.client, shape).result;
        }),
      },
    );
    await invoke(rig.client, shape, { metadata: metadataOf(headersOf()) }).result;
    await callsOver(rig);
    expect(seen).toEqual([undefined, undefined]);
    expect(rig.serverTelemetry.startedCount).toBe(0);
    const [toBack] = await back.clientTelemetry.spans(1);
    expect(toBack?.parentSpanContext).toBeUndefined();
    expect(toBack?.spanContext().traceId).not.toBe(caller.traceId);
  });
});

it('a traced client’s span is what the link points to', async () => {
  const rig = await echo.start({ serverTracing: { trustIncoming: false } });
  await caller.run(() => invoke(rig.client, 'Unary').result);
  const [client] = await rig.clientTelemetry.spans(1);
  const [span] = await rig.serverTelemetry.spans(1);
  expect(client?.parentSpanContext?.spanId).toBe(caller.spanId);
  expect(span?.parentSpanContext).toBeUndefined();
  expect(span?.links).toEqual([{ context: { ...client?.spanContext(), isRemote: true } }]);
});

describe('who is trusted', () => {
  it.each<[what: string, options: ServerTracingOptions, expected: typeof TRUSTED | typeof UNTRUSTED]>([
    ['everybody by default', {}, TRUSTED],
    ['everybody with undefined', { trustIncoming: undefined }, TRUSTED],
    ['everybody with true', { trustIncoming: true }, TRUSTED],
    ['nobody with false', { trustIncoming: false }, UNTRUSTED],
    ['whom the predicate trusts', { trustIncoming: () => true }, TRUSTED],
    ['not whom the predicate does not', { trustIncoming: () => false }, UNTRUSTED],
  ])('%s', async (_what, options, expected) => {
    const seen: unknown[] = [];
    const handlers = handlersThat(() =>
      Promise.resolve(void seen.push(propagation.getActiveBaggage()?.getEntry('tenant')?.value ?? 'none')),
    );
    const rig = await server(options, { handlers });
    await invoke(rig.client, 'Unary', { metadata: metadataOf(headersOf()) }).result;
    expect(await origin(rig)).toEqual(expected);
    expect(seen).toEqual([expected === TRUSTED ? 'alice' : 'none']);
  });

  it('the predicate is asked at each call, once, about the method and the metadata', async () => {
    const asked: RpcInfo[] = [];
    const trustIncoming = (rpc: RpcInfo, metadata: Metadata): boolean => {
      asked.push(rpc);
      return metadata.get('x-partner')[0] === 'yes';
    };
    const rig = await server({ trustIncoming });
    for (const partner of ['yes', 'no', 'yes']) {
      await invoke(rig.client, 'Unary', { metadata: metadataOf({ ...headersOf(), 'x-partner': partner }) }).result;
    }
    const spans = await rig.serverTelemetry.spans(3);
    expect(spans.map(({ parentSpanContext }) => parentSpanContext?.spanId)).toEqual([
      caller.spanId,
      undefined,
      caller.spanId,
    ]);
    expect(asked).toHaveLength(3);
    expect(new Set(asked).size).toBe(1);
    expect(asked[0]).toMatchObject({ side: 'server', fullMethod: 'test.Echo/Unary' });
    expect(Object.isFrozen(asked[0])).toBe(true);
  });

  // What TypeScript lets pass where a type is lost on the way.
  const untyped = (fn: () => unknown): ServerTracingOptions['trustIncoming'] => fn as () => boolean;

  it.each<[what: string, trustIncoming: ServerTracingOptions['trustIncoming'], told: readonly string[]]>([
    [
      'throws',
      untyped(() => {
        throw new Error('trust');
      }),
      ['trustIncoming threw'],
    ],
    ['returns a promise', untyped(() => Promise.resolve(true)), ['trustIncoming must be synchronous']],
    [
      'rejects',
      untyped(() => Promise.reject(new Error('trust'))),
      ['trustIncoming must be synchronous', 'trustIncoming rejected'],
    ],
    ['says nothing', untyped(() => undefined), []],
  ])('nobody, when the predicate %s', async (_what, trustIncoming, told) => {
    const rig = await server({ trustIncoming });
    const { messages } = await invoke(rig.client, 'Unary', { metadata: metadataOf(headersOf()) }).result;
    expect(messages).toEqual(['hello']);
    expect(await origin(rig)).toEqual(UNTRUSTED);
    expect(echo.takeDiagLines()).toEqual(told.map((line) => `grpc-js-opentelemetry: ${line}`));
  });
});

describe('sampling is decided afresh for who is not trusted', () => {
  it.each<[what: string, root: () => Sampler, flags: '01' | '00', trustIncoming: boolean, spans: number]>([
    ['a sampled caller', () => new AlwaysOffSampler(), '01', true, 1],
    ['a sampled caller', () => new AlwaysOffSampler(), '01', false, 0],
    ['a caller that is not sampled', () => new AlwaysOnSampler(), '00', true, 0],
    ['a caller that is not sampled', () => new AlwaysOnSampler(), '00', false, 1],
  ])('%s, root sampler %o, flags %s, trusted: %s → %i spans', async (_what, root, flags, trustIncoming, spans) => {
    const serverTelemetry = new Telemetry(new ParentBasedSampler({ root: root() }));
    const rig = await server({ trustIncoming }, { serverTelemetry });
    await invoke(rig.client, 'Unary', { metadata: metadataOf(headersOf(flags)) }).result;
    await callsOver(rig);
    expect(serverTelemetry.startedCount).toBe(spans);
  });

  it('the link keeps the flags of the caller', async () => {
    const rig = await server({ trustIncoming: false });
    await invoke(rig.client, 'Unary', { metadata: metadataOf(headersOf('00')) }).result;
    const [span] = await rig.serverTelemetry.spans(1);
    expect(span?.links.map(({ context }) => context.traceFlags)).toEqual([TraceFlags.NONE]);
  });
});

describe('there is no link', () => {
  it.each<[what: string, headers: Record<string, string>]>([
    ['without traceparent', {}],
    ['with baggage alone', { baggage: 'tenant=alice' }],
    ['with a broken traceparent', { traceparent: 'broken' }],
    ['with the trace id of no trace', { traceparent: `00-${'0'.repeat(32)}-${caller.spanId}-01` }],
    ['with the span id of no span', { traceparent: `00-${caller.traceId}-${'0'.repeat(16)}-01` }],
  ])('%s', async (_what, headers) => {
    const rig = await server({ trustIncoming: false });
    await invoke(rig.client, 'Unary', { metadata: metadataOf(headers) }).result;
    expect(await origin(rig)).toEqual(UNKNOWN);
    expect(rig.serverTelemetry.ended.map(plainSpan)).toEqual([expectedSpan('server', 'Unary', OK, rig.port)]);
  });

  it('to a span that a propagator makes up without valid ids', async () => {
    const propagator: TextMapPropagator = {
      inject: () => undefined,
      extract: (context) => trace.setSpanContext(context, { traceId: '', spanId: 'x', traceFlags: 1, isRemote: true }),
      fields: () => ['x-trace'],
    };
    const rig = await server({ trustIncoming: false, propagator });
    await invoke(rig.client, 'Unary').result;
    expect(await origin(rig)).toEqual(UNKNOWN);
  });

  it('when the propagator throws', async () => {
    const propagator: TextMapPropagator = {
      inject: () => undefined,
      extract: () => {
        throw new Error('extract');
      },
      fields: () => ['x-trace'],
    };
    const rig = await server({ trustIncoming: false, propagator });
    expect((await invoke(rig.client, 'Unary').result).messages).toEqual(['hello']);
    expect(await origin(rig)).toEqual(UNKNOWN);
    expect(echo.takeDiagLines()).toEqual(['grpc-js-opentelemetry: the propagator could not extract']);
  });
});

describe('where an interceptor before tracing has made a span of its own active', () => {
  const outer = party(2);
  const activating: ServerInterceptor = (_definition, call) =>
    new ServerInterceptingCall(call, {
      start: (next) => next({ onReceiveMetadata: (metadata, pass) => outer.run(() => pass(metadata)) }),
    });

  it.each<
    [
      what: string,
      trustIncoming: boolean,
      headers: Record<string, string>,
      expected: Awaited<ReturnType<typeof origin>>,
    ]
  >([
    ['of a caller who is trusted is the caller’s child', true, headersOf(), TRUSTED],
    ['of a caller without a trace is the child of that one', true, {}, { ...UNKNOWN, parent: outer.spanId }],
    ['of a caller who is not trusted is a root', false, headersOf(), UNTRUSTED],
    ['of a caller who is not trusted and has no trace is a root without a link', false, {}, UNKNOWN],
  ])('the span %s', async (_what, trustIncoming, headers, expected) => {
    const rig = await server({ trustIncoming }, { serverChain: (tracing) => [activating, tracing] });
    await invoke(rig.client, 'Unary', { metadata: metadataOf(headers) }).result;
    expect(await origin(rig)).toEqual(expected);
  });
});

it.each([
  [true, { 'client.service.name': 'frontend' }],
  [false, {}],
])('the name that a caller gives itself is believed when it is trusted: %s', async (trustIncoming, expected) => {
  const propagator = new ServiceNamePropagator({ serviceName: 'frontend' });
  const rig = await echo.start({ serverTracing: { trustIncoming, propagator }, clientTracing: { propagator } });
  await invoke(rig.client, 'Unary').result;
  const span = expectedSpan('server', 'Unary', OK, rig.port);
  expect(await firstSpan(rig, 'server')).toEqual({ ...span, attributes: { ...span.attributes, ...expected } });
});
