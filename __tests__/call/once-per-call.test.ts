import {
  InterceptingCall,
  ServerInterceptingCall,
  status,
  type CallOptions,
  type Interceptor,
  type ServerInterceptor,
} from '@grpc/grpc-js';
import { SpanKind, type Span } from '@opentelemetry/api';
import type * as tracing from '../../lib/index.js';
import {
  tracingClientInterceptor,
  tracingServerInterceptor,
  withTracing,
  type TracingOptions,
} from '../../lib/index.js';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { party, useContextManager } from '../helpers/async-context.js';
import { useEcho, type EchoMethods, type EchoRig, type EchoSetup } from '../helpers/echo.js';
import { expectedSeries } from '../helpers/expected-series.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { Measurements } from '../helpers/measurements.js';
import { moment } from '../helpers/moment.js';
import { plainSpan, type PlainSpan } from '../helpers/plain-span.js';
import { retrying } from '../helpers/retrying.js';
import { callsOver, SIDES, SIDES_AND_SHAPES } from '../helpers/sides.js';
import { Telemetry } from '../helpers/telemetry.js';

useContextManager();
const echo = useEcho();

const OK = { code: status.OK, details: 'OK' };
const FAILED = { code: status.UNAVAILABLE, details: 'again' };

/** Interceptors of somebody else's, which hand on copies of what they can copy. */
const clientBystander: Interceptor = (options, nextCall) => new InterceptingCall(nextCall({ ...options }));
const serverBystander: ServerInterceptor = (_definition, call) => new ServerInterceptingCall(call);

/** One place in a chain: tracing with these options, or somebody else's interceptor. */
type Place = TracingOptions | 'bystander';

/** A rig with this chain on both sides. */
function chained(telemetry: Telemetry, places: readonly Place[]): EchoSetup {
  const { provider: tracerProvider } = telemetry;
  return {
    clientChain: () =>
      places.map((place) =>
        place === 'bystander' ? clientBystander : tracingClientInterceptor({ tracerProvider, ...place }),
      ),
    serverChain: () =>
      places.map((place) =>
        place === 'bystander' ? serverBystander : tracingServerInterceptor({ tracerProvider, ...place }),
      ),
  };
}

/** Fails its first calls. */
function failing(times: number): EchoMethods {
  let failures = times;
  return {
    Unary(call, callback) {
      if (failures-- > 0) callback(FAILED);
      else callback(null, call.request);
    },
  };
}

function namesOf(telemetry: Telemetry): string[] {
  return telemetry.ended.map(({ instrumentationScope }) => instrumentationScope.name);
}

/** The span ids of the parents of all spans, in the order of their ends. */
function parentsOf({ ended }: Telemetry): (string | undefined)[] {
  return ended.map(({ parentSpanContext }) => parentSpanContext?.spanId);
}

function idsOf({ ended }: Telemetry): string[] {
  return ended.map((span) => span.spanContext().spanId);
}

describe.each(SIDES_AND_SHAPES)('the same interceptor twice on the %s: %s', (side, shape) => {
  it('makes one span, with each message and each hook once', async () => {
    const endHook = jest.fn();
    const options = { messageEvents: true, endHook };
    const rig = await echo.start({
      clientTracing: options,
      serverTracing: options,
      clientChain: (interceptor) => [interceptor, interceptor],
      serverChain: (interceptor) => [interceptor, interceptor],
    });
    const { messages } = await invoke(rig.client, shape).result;
    await callsOver(rig);
    const telemetry = side === 'client' ? rig.clientTelemetry : rig.serverTelemetry;
    const spans = telemetry.ended.map(plainSpan);
    const expected = expectedSpan(side, shape, OK, rig.port);
    expect(spans).toEqual([{ ...expected, events: expect.any(Array) as typeof expected.events }]);
    const sent = shape === 'ClientStream' || shape === 'Bidi' ? 2 : 1;
    const sequences = [...Array(sent).keys(), ...messages.keys()].sort();
    expect(spans[0]?.events.map(({ attributes }) => attributes['sequence-number']).sort()).toEqual(sequences);
    expect(endHook).toHaveBeenCalledTimes(2);
    expect(parentsOf(rig.serverTelemetry)).toEqual(idsOf(rig.clientTelemetry));
  });
});

describe.each(SIDES)('two interceptors in one chain, on the %s', (side) => {
  const outer = { tracerName: 'outer' };
  const inner = { tracerName: 'inner' };
  const leftOut = { filter: () => false };

  it.each<[what: string, places: readonly Place[], owners: readonly string[]]>([
    ['next to each other', [outer, inner], ['outer']],
    ['with another between them', [outer, 'bystander', inner], ['outer']],
    ['with others all around', ['bystander', outer, 'bystander', inner, 'bystander'], ['outer']],
    ['three of them', [outer, inner, inner], ['outer']],
    ['the first leaves the call out', [{ ...outer, ...leftOut }, inner], ['inner']],
    ['the first leaves it out, another between', [{ ...outer, ...leftOut }, 'bystander', inner], ['inner']],
    ['the second would leave it out', [outer, { ...inner, ...leftOut }], ['outer']],
    [
      'both leave it out',
      [
        { ...outer, ...leftOut },
        { ...inner, ...leftOut },
      ],
      [],
    ],
  ])('%s: one span at most', async (_what, places, owners) => {
    const telemetry = new Telemetry();
    const { clientChain, serverChain } = chained(telemetry, places);
    const rig = await echo.start(
      side === 'client'
        ? { clientChain: clientChain ?? (() => []), clientTelemetry: telemetry }
        : { serverChain: serverChain ?? (() => []), serverTelemetry: telemetry },
    );
    expect((await invoke(rig.client, 'Bidi').result).messages).toEqual(['hello', 'hello']);
    await callsOver(rig);
    expect(namesOf(telemetry)).toEqual(owners);
  });

  it('of two copies of this package, as the CommonJS and the ES module build are: one span', async () => {
    let copy: typeof tracing | undefined;
    jest.isolateModules(() => {
      copy = jest.requireActual<typeof tracing>('../../lib/index.js');
    });
    const telemetry = new Telemetry();
    const options = { tracerProvider: telemetry.provider, tracerName: 'copy' };
    const client = copy?.tracingClientInterceptor(options) ?? clientBystander;
    const server = copy?.tracingServerInterceptor(options) ?? serverBystander;
    expect(copy?.tracingClientInterceptor).not.toBe(tracingClientInterceptor);
    const rig = await echo.start(
      side === 'client'
        ? { clientChain: (own) => [client, own], clientTelemetry: telemetry }
        : { serverChain: (own) => [server, own], serverTelemetry: telemetry },
    );
    await invoke(rig.client, 'Unary').result;
    await callsOver(rig);
    expect(namesOf(telemetry)).toEqual(['copy']);
  });
});

it('two interceptors in one chain measure a call once', async () => {
  const first = new Measurements();
  const second = new Measurements();
  const places = [{ meterProvider: first.provider }, { meterProvider: second.provider }];
  const rig = await echo.start(chained(new Telemetry(), places));
  await invoke(rig.client, 'Unary').result;
  await callsOver(rig);
  expect(await first.series(2)).toEqual({
    ...expectedSeries('client', 'Unary', { code: status.OK, failed: false }, rig.port),
    ...expectedSeries('server', 'Unary', { code: status.OK, failed: false }, rig.port),
  });
  expect(await second.series(0)).toEqual({});
});

it('where the first leaves the call out, the context of the second is on the wire and around the handler', async () => {
  const telemetry = new Telemetry();
  const rig = await echo.start(chained(telemetry, [{ filter: () => false }, {}]));
  const caller = party(1);
  await caller.run(() => invoke(rig.client, 'Unary').result);
  await callsOver(rig);
  expect(telemetry.ended).toHaveLength(2);
  const client = telemetry.ended.find(({ kind }) => kind === SpanKind.CLIENT);
  const server = telemetry.ended.find(({ kind }) => kind === SpanKind.SERVER);
  expect(client?.parentSpanContext?.spanId).toBe(caller.spanId);
  expect(server?.parentSpanContext).toEqual({ ...client?.spanContext(), isRemote: true });
});

describe('tracing at client and at call level', () => {
  it.each<[what: string, callOptions: (rig: EchoRig) => Parameters<typeof withTracing>[0]]>([
    ['the call’s options are nothing but tracing', () => undefined],
    ['the call brings an interceptor of its own', () => ({ interceptors: [clientBystander] })],
    ['the call brings those of the client', (rig) => ({ interceptors: rig.clientInterceptors })],
    [
      'the call brings a provider',
      (rig) => ({ interceptor_providers: rig.clientInterceptors.map((own) => () => own) }),
    ],
  ])('one span: %s', async (_what, callOptions) => {
    const rig = await echo.start();
    const options = { tracerProvider: rig.clientTelemetry.provider, tracerName: 'call level' };
    await invoke(rig.client, 'Unary', { callOptions: withTracing(callOptions(rig), options) }).result;
    await callsOver(rig);
    expect(namesOf(rig.clientTelemetry)).toEqual(['call level']);
    expect(parentsOf(rig.serverTelemetry)).toEqual(idsOf(rig.clientTelemetry));
  });

  it('one span when it is put on twice', async () => {
    const rig = await echo.start();
    const options = { tracerProvider: rig.clientTelemetry.provider };
    const callOptions = withTracing(withTracing({}, options), options);
    await invoke(rig.client, 'Unary', { callOptions }).result;
    await callsOver(rig);
    expect(rig.clientTelemetry.ended.map(plainSpan)).toEqual([expectedSpan('client', 'Unary', OK, rig.port)]);
  });
});

describe('an interceptor that retries', () => {
  it('before two tracing interceptors: one span per attempt', async () => {
    const rig = await echo.start({
      clientChain: (interceptor) => [retrying(3), interceptor, interceptor],
      handlers: failing(2),
    });
    const caller = party(1);
    expect((await caller.run(() => invoke(rig.client, 'Unary').result)).messages).toEqual(['hello']);
    await callsOver(rig);
    expect(rig.clientTelemetry.ended.map(plainSpan)).toEqual(
      [FAILED, FAILED, OK].map((outcome) => expectedSpan('client', 'Unary', outcome, rig.port)),
    );
    expect(parentsOf(rig.clientTelemetry)).toEqual([caller.spanId, caller.spanId, caller.spanId]);
    expect(parentsOf(rig.serverTelemetry)).toEqual(idsOf(rig.clientTelemetry));
  });

  it('between two tracing interceptors: one span for the call', async () => {
    const rig = await echo.start({
      clientChain: (interceptor) => [interceptor, retrying(3), interceptor],
      handlers: failing(2),
    });
    expect((await invoke(rig.client, 'Unary').result).messages).toEqual(['hello']);
    await callsOver(rig);
    expect(rig.clientTelemetry.ended.map(plainSpan)).toEqual([expectedSpan('client', 'Unary', OK, rig.port)]);
    const [id] = idsOf(rig.clientTelemetry);
    expect(parentsOf(rig.serverTelemetry)).toEqual([id, id, id]);
  });
});

/** When an interceptor after tracing makes a call of another client with the options that it was handed. */
type When = 'before the call is made' | 'in its start' | 'when it is over' | 'after it is over';
const WHEN: readonly When[] = ['before the call is made', 'in its start', 'when it is over', 'after it is over'];

function handingOn(when: When, handOn: (options: CallOptions) => void): Interceptor {
  return (options, nextCall) => {
    const at = (now: When): void => {
      if (now === when) handOn(options);
    };
    at('before the call is made');
    return new InterceptingCall(nextCall(options), {
      start(metadata, _listener, next) {
        at('in its start');
        next(metadata, {
          onReceiveStatus(outcome, pass) {
            at('when it is over');
            pass(outcome);
            setImmediate(() => at('after it is over'));
          },
        });
      },
    });
  };
}

describe.each(WHEN)('options that an interceptor after tracing hands on to another client, %s', (when) => {
  it.each(SHAPES)('a %s call of that client has a span of its own', async (shape) => {
    let handedOn: Promise<unknown> | undefined;
    const handed = moment();
    const rig = await echo.start({
      clientChain: (interceptor) => [
        interceptor,
        handingOn(when, (callOptions) => {
          handedOn = invoke(other, shape, { callOptions }).result;
          handed.come();
        }),
      ],
    });
    const { provider: tracerProvider } = rig.clientTelemetry;
    const other = rig.newClient(rig.address, {
      interceptors: [tracingClientInterceptor({ tracerProvider, tracerName: 'other' })],
    });
    expect((await invoke(rig.client, 'Unary').result).code).toBe(status.OK);
    await handed.whenCome;
    await handedOn;
    const spans = await rig.clientTelemetry.spans(2);
    const spanOf = (name: string): PlainSpan[] =>
      spans.filter(({ instrumentationScope }) => instrumentationScope.name === name).map(plainSpan);
    expect(spanOf('other')).toEqual([expectedSpan('client', shape, OK, rig.port)]);
    expect(spanOf('grpc-js-opentelemetry')).toEqual([expectedSpan('client', 'Unary', OK, rig.port)]);
    await rig.serverTelemetry.spans(2);
    expect(parentsOf(rig.serverTelemetry).sort()).toEqual(idsOf(rig.clientTelemetry).sort());
    other.close();
  });

  it('and on again: each call of each client has one', async () => {
    const handed = moment();
    const rig = await echo.start({
      clientChain: (interceptor) => [
        interceptor,
        handingOn(when, (callOptions) => void invoke(second, 'Unary', { callOptions })),
        interceptor,
      ],
    });
    const third = rig.newClient(rig.address, { interceptors: rig.clientInterceptors.slice(0, 1) });
    const second = rig.newClient(rig.address, {
      interceptors: [
        ...rig.clientInterceptors.slice(0, 1),
        handingOn(when, (callOptions) => void invoke(third, 'Unary', { callOptions }).result.then(handed.come)),
      ],
    });
    await invoke(rig.client, 'Unary').result;
    await handed.whenCome;
    expect((await rig.clientTelemetry.spans(3)).map(plainSpan)).toEqual(
      Array<PlainSpan>(3).fill(expectedSpan('client', 'Unary', OK, rig.port)),
    );
    await rig.serverTelemetry.spans(3);
    expect(parentsOf(rig.serverTelemetry).sort()).toEqual(idsOf(rig.clientTelemetry).sort());
  });
});

describe.each(SHAPES)('an interceptor that makes a %s call twice at the same time, with the same options', (shape) => {
  /** The second is nobody's but its own. */
  const doubling =
    (over: () => void): Interceptor =>
    (options, nextCall) => {
      const shadow = nextCall(options);
      const streams = shape === 'ServerStream' || shape === 'Bidi';
      // A message of a stream is asked for, one of the others is not.
      const read = (): void => {
        if (streams) shadow.startRead();
      };
      return new InterceptingCall(nextCall(options), {
        start(metadata, listener, next) {
          shadow.start(metadata, { onReceiveMessage: read, onReceiveStatus: over });
          next(metadata, listener);
          shadow.sendMessage({ text: 'shadow' });
          shadow.halfClose();
          read();
        },
      });
    };

  it.each<[where: string, count: number, chain: (tracing: Interceptor, own: Interceptor) => Interceptor[]]>([
    ['before tracing: a span each', 2, (tracing, own) => [own, tracing]],
    ['before two that trace: a span each', 2, (tracing, own) => [own, tracing, tracing]],
    ['between two that trace: one span', 1, (tracing, own) => [tracing, own, tracing]],
  ])('%s', async (_where, count, chain) => {
    const shadow = moment();
    const rig = await echo.start({ clientChain: (tracing) => chain(tracing, doubling(shadow.come)) });
    expect((await invoke(rig.client, shape).result).code).toBe(status.OK);
    await shadow.whenCome;
    expect((await rig.clientTelemetry.spans(count)).map(plainSpan)).toEqual(
      Array<PlainSpan>(count).fill(expectedSpan('client', shape, OK, rig.port)),
    );
    await rig.serverTelemetry.spans(2);
    const ids = idsOf(rig.clientTelemetry);
    expect(new Set(parentsOf(rig.serverTelemetry))).toEqual(new Set(ids));
    expect(rig.clientTelemetry.startedCount).toBe(count);
  });
});

describe('calls that are not the same', () => {
  const callers = [party(1), party(2), party(3)];
  const twice: EchoSetup = {
    clientChain: (interceptor) => [interceptor, interceptor],
    serverChain: (interceptor) => [interceptor, interceptor],
  };

  it.each(SHAPES)('at the same time: each has its span, %s', async (shape) => {
    const rig = await echo.start(twice);
    await Promise.all(callers.map((caller) => caller.run(() => invoke(rig.client, shape).result)));
    await callsOver(rig);
    expect(parentsOf(rig.clientTelemetry).sort()).toEqual(callers.map(({ spanId }) => spanId));
    expect(parentsOf(rig.serverTelemetry).sort()).toEqual(idsOf(rig.clientTelemetry).sort());
  });

  it('one after the other, with the same call options: each has its span', async () => {
    const spans: Span[] = [];
    const rig = await echo.start({ ...twice, clientTracing: { startHook: (span) => void spans.push(span) } });
    const callOptions = withTracing(
      { interceptors: rig.clientInterceptors },
      { tracerProvider: rig.clientTelemetry.provider },
    );
    for (const caller of callers) await caller.run(() => invoke(rig.client, 'Unary', { callOptions }).result);
    await callsOver(rig);
    expect(parentsOf(rig.clientTelemetry)).toEqual(callers.map(({ spanId }) => spanId));
    // The interceptor of the call is before those of the client, which stand back.
    expect(spans).toEqual([]);
  });

  it('a call within a call: the handler’s own has a span of its own', async () => {
    const back = await echo.start(twice);
    const front = await echo.start({
      ...twice,
      handlers: {
        Unary: (call, callback) => void invoke(back.client, 'Unary').result.then(() => callback(null, call.request)),
      },
    });
    await invoke(front.client, 'Unary').result;
    await callsOver(front);
    await callsOver(back);
    expect(parentsOf(back.clientTelemetry)).toEqual(idsOf(front.serverTelemetry));
    expect(parentsOf(back.serverTelemetry)).toEqual(idsOf(back.clientTelemetry));
  });
});
