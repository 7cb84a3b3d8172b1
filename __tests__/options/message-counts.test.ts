import { InterceptingCall, status, type Interceptor, type InterceptorOptions } from '@grpc/grpc-js';
import type { Attributes } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace-node';
import type { RpcSide, TracingOptions } from '../../lib/index.js';
import { Echo } from '../../tools/echo.js';
import { invoke } from '../../tools/invoke.js';
import { converse, conversingHandlers, LENGTHS } from '../helpers/conversation.js';
import { DecidingSampler } from '../helpers/deciding-sampler.js';
import { CLIENT_TRACING, useEcho } from '../helpers/echo.js';
import { behave, DETAILS } from '../helpers/echo-handlers.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { Measurements } from '../helpers/measurements.js';
import type { PlainSpan } from '../helpers/plain-span.js';
import { retryPolicy } from '../helpers/retry-policy.js';
import { callsOver, firstSpan, SIDES, SIDES_AND_SHAPES, telemetryOf, tracingOn } from '../helpers/sides.js';
import { Telemetry } from '../helpers/telemetry.js';

const echo = useEcho();

const OK = { code: status.OK, details: 'OK' };

/** A span that says so many messages went out and came in. */
const counted = (span: PlainSpan, sent: number, received: number): PlainSpan => ({
  ...span,
  attributes: { ...span.attributes, 'grpc.sent.message_count': sent, 'grpc.received.message_count': received },
});

/** What a side sends and receives, of so many requests and answers. */
const ofSide = (side: RpcSide, requests: number, answers: number): readonly [sent: number, received: number] =>
  side === 'client' ? [requests, answers] : [answers, requests];

const CONVERSATIONS = SIDES_AND_SHAPES.flatMap(([side, shape]) =>
  LENGTHS[shape].map(([requests, answers]) => [side, shape, requests, answers] as const),
);

describe('a conversation', () => {
  it.each(CONVERSATIONS)('on the %s, %s: %i requests, %i answers', async (side, shape, requests, answers) => {
    const rig = await echo.start({ ...tracingOn(side, { messageCounts: true }), handlers: conversingHandlers });
    await converse(rig.client, shape, requests, answers);
    // Whole: there are no events.
    const expected = expectedSpan(side, shape, OK, rig.port);
    expect(await firstSpan(rig, side)).toStrictEqual(counted(expected, ...ofSide(side, requests, answers)));
  });

  it.each(LENGTHS.Bidi)('of a client that its channel traces: %i requests, %i answers', async (requests, answers) => {
    const rig = await echo.start({
      clientTracing: { messageCounts: true },
      clientTracedBy: 'channel',
      handlers: conversingHandlers,
    });
    await converse(rig.client, 'Bidi', requests, answers);
    expect(await firstSpan(rig, 'client')).toStrictEqual(
      counted(expectedSpan('client', 'Bidi', OK, rig.port), requests, answers),
    );
  });
});

describe.each(SIDES)('beside message events, on the %s', (side) => {
  it.each<[messageEvents: TracingOptions['messageEvents'], events: number]>([
    [true, 5],
    [{ limit: 5 }, 5],
    [{ limit: 4 }, 4],
    [{ limit: 1 }, 1],
    [{ limit: 0 }, 0],
    [false, 0],
  ])('%j, which limits the events alone: %i', async (messageEvents, events) => {
    const rig = await echo.start({
      ...tracingOn(side, { messageCounts: true, messageEvents }),
      handlers: conversingHandlers,
    });
    await converse(rig.client, 'Bidi', 3, 2);
    const span = await firstSpan(rig, side);
    expect(span.events).toHaveLength(events);
    expect({ ...span, events: [] }).toStrictEqual(
      counted(expectedSpan(side, 'Bidi', OK, rig.port), ...ofSide(side, 3, 2)),
    );
  });

  it.each([undefined, false])('there are none by default: %p', async (messageCounts) => {
    const rig = await echo.start(tracingOn(side, { messageCounts, messageEvents: { limit: 0 } }));
    await invoke(rig.client, 'Bidi').result;
    expect(await firstSpan(rig, side)).toStrictEqual(expectedSpan(side, 'Bidi', OK, rig.port));
  });
});

describe('where there is no message', () => {
  it.each(CLIENT_TRACING)('it says 0: a stream that is over at once, by the %s', async (clientTracedBy) => {
    const tracing = { messageCounts: true };
    const rig = await echo.start({
      clientTracing: tracing,
      clientTracedBy,
      serverTracing: tracing,
      handlers: conversingHandlers,
    });
    await converse(rig.client, 'Bidi', 0, 0);
    for (const side of SIDES) {
      expect(await firstSpan(rig, side)).toStrictEqual(counted(expectedSpan(side, 'Bidi', OK, rig.port), 0, 0));
    }
  });

  it.each(CLIENT_TRACING)('the null that a failed unary call brings is none, by the %s', async (clientTracedBy) => {
    const tracing = { messageCounts: true };
    const rig = await echo.start({ clientTracing: tracing, clientTracedBy, serverTracing: tracing });
    await invoke(rig.client, 'Unary', { metadata: behave('code 13') }).result;
    const failure = { code: status.INTERNAL, details: DETAILS };
    expect(await firstSpan(rig, 'client')).toStrictEqual(
      counted(expectedSpan('client', 'Unary', failure, rig.port), 1, 0),
    );
    expect(await firstSpan(rig, 'server')).toStrictEqual(
      counted(expectedSpan('server', 'Unary', failure, rig.port), 0, 1),
    );
  });

  it('a request that cannot be serialized is none', async () => {
    const rig = await echo.start({ clientTracing: { messageCounts: true } });
    const unserializable = (): never => {
      throw new Error('no bytes');
    };
    await new Promise((resolve) => {
      const { responseDeserialize } = Echo.service.Unary;
      rig.client.makeUnaryRequest('/test.Echo/Unary', unserializable, responseDeserialize, {}, resolve);
    });
    expect((await firstSpan(rig, 'client')).attributes).toMatchObject({
      'grpc.sent.message_count': 0,
      'grpc.received.message_count': 0,
    });
  });
});

it('a call that grpc-js retries has sent its message once, as the caller did', async () => {
  const rig = await echo.start({
    clientTracing: { messageCounts: true },
    serverTracing: { messageCounts: true },
    clientOptions: retryPolicy(['UNAVAILABLE']),
  });
  await invoke(rig.client, 'Unary', { metadata: behave('code 14') }).result;
  const counts = { 'grpc.sent.message_count': 1, 'grpc.received.message_count': 0 };
  expect((await rig.clientTelemetry.spans(1)).map(({ attributes }) => attributes)).toMatchObject([counts]);
  const attempts = await rig.serverTelemetry.spans(3);
  const received = { 'grpc.sent.message_count': 0, 'grpc.received.message_count': 1 };
  expect(attempts.map(({ attributes }) => attributes)).toMatchObject([received, received, received]);
});

describe.each(SIDES)('the counts of a %s', (side) => {
  it('are there when endHook is called, and have its last word', async () => {
    let seen: Attributes | undefined;
    const endHook: TracingOptions['endHook'] = (span) => {
      // The SDK's spans show them, of which the API knows nothing.
      seen = 'attributes' in span ? { ...(span.attributes as Attributes) } : undefined;
      span.setAttribute('grpc.sent.message_count', 99);
    };
    const rig = await echo.start(tracingOn(side, { messageCounts: true, endHook }));
    await invoke(rig.client, 'Bidi').result;
    expect(await firstSpan(rig, side)).toStrictEqual(counted(expectedSpan(side, 'Bidi', OK, rig.port), 99, 2));
    expect(seen).toMatchObject({ 'grpc.sent.message_count': 2, 'grpc.received.message_count': 2 });
  });

  it('beat attributes of the application, which are older, and are on no metric', async () => {
    const measurements = new Measurements();
    const attributes = { 'grpc.sent.message_count': 99 };
    const options = { messageCounts: true, attributes, meterProvider: measurements.provider };
    const rig = await echo.start(tracingOn(side, options));
    await invoke(rig.client, 'Bidi').result;
    expect(await firstSpan(rig, side)).toStrictEqual(counted(expectedSpan(side, 'Bidi', OK, rig.port), 2, 2));
    const keys = Object.values(await measurements.series(1)).flatMap((series) => series.flatMap(Object.keys));
    expect(keys.filter((key) => key.includes('message'))).toEqual([]);
  });

  it('are not made of a call that is not sampled', async () => {
    const telemetry = new Telemetry(new DecidingSampler(SamplingDecision.NOT_RECORD));
    const rig = await echo.start(tracingOn(side, { messageCounts: true }, telemetry));
    await invoke(rig.client, 'Bidi').result;
    await callsOver(rig);
    expect(telemetryOf(rig, side).startedCount).toBe(0);
  });
});

describe('the method definition of a client call', () => {
  type Definition = InterceptorOptions['method_definition'];
  const { requestSerialize, responseDeserialize } = Echo.service.Unary;

  /** Whether tracing has made serializers of its own for a call that an interceptor behind it sees. */
  async function isWrapped(options: TracingOptions, telemetry = new Telemetry()): Promise<boolean[]> {
    const wrapped: boolean[] = [];
    const definitions: Definition[] = [];
    const watching: Interceptor = (callOptions, nextCall) =>
      new InterceptingCall(nextCall(callOptions), {
        start: (metadata, listener, next) => {
          next(metadata, listener);
          definitions.push(callOptions.method_definition);
          wrapped.push(callOptions.method_definition.requestSerialize !== requestSerialize);
        },
      });
    const rig = await echo.start({
      ...tracingOn('client', options, telemetry),
      clientChain: (tracing) => [tracing, watching],
    });
    await new Promise((resolve) => {
      rig.client.makeUnaryRequest('/test.Echo/Unary', requestSerialize, responseDeserialize, {}, resolve);
    });
    expect(definitions).toMatchObject([{ requestSerialize, responseDeserialize }]);
    return wrapped;
  }

  it.each<[when: string, options: TracingOptions, telemetry: () => Telemetry, expected: boolean]>([
    ['while the call lasts', { messageCounts: true }, () => new Telemetry(), true],
    ['not by default', {}, () => new Telemetry(), false],
    ['not with false', { messageCounts: false, messageEvents: { limit: 0 } }, () => new Telemetry(), false],
    [
      'not when the span does not record',
      { messageCounts: true },
      () => new Telemetry(new DecidingSampler(SamplingDecision.NOT_RECORD)),
      false,
    ],
    ['not when the call is left out', { messageCounts: true, filter: () => false }, () => new Telemetry(), false],
  ])('has wrappers %s', async (_when, options, telemetry, expected) => {
    expect(await isWrapped(options, telemetry())).toEqual([expected]);
  });
});
