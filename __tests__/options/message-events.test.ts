import { InterceptingCall, status, type Interceptor, type InterceptorOptions, type ServiceError } from '@grpc/grpc-js';
import { INVALID_SPAN_CONTEXT, trace, type Span } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace-node';
import type { RpcSide, TracingOptions } from '../../lib/index.js';
import { Echo } from '../../tools/echo.js';
import { invoke } from '../../tools/invoke.js';
import { answerText, bytesOf, converse, conversingHandlers, LENGTHS, requestText } from '../helpers/conversation.js';
import { useDeadlines } from '../helpers/deadlines.js';
import { DecidingSampler } from '../helpers/deciding-sampler.js';
import { useEcho, type EchoRig } from '../helpers/echo.js';
import { behave } from '../helpers/echo-handlers.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { moment } from '../helpers/moment.js';
import { plainSpan, type PlainSpan } from '../helpers/plain-span.js';
import { retrying } from '../helpers/retrying.js';
import { callsOver, firstSpan, SIDES, SIDES_AND_SHAPES, tracingOn } from '../helpers/sides.js';
import { Telemetry } from '../helpers/telemetry.js';

const echo = useEcho();
const deadlines = useDeadlines();

type Event = PlainSpan['events'][number];

/** The events of messages with these texts, in one direction; a server knows no sizes. */
function events(side: RpcSide, direction: 'Outbound' | 'Inbound', texts: readonly string[]): Event[] {
  return texts.map((text, index) => ({
    name: `${direction} message`,
    attributes: { 'sequence-number': index, ...(side === 'client' && { 'message-size': bytesOf(text) }) },
  }));
}

/** The events of a conversation in which all requests come before all answers. */
function conversation(side: RpcSide, requests: number, answers: number): Event[] {
  const asked = Array.from({ length: requests }, (_, index) => requestText(index));
  const answered = Array.from({ length: answers }, (_, index) => answerText(index));
  return side === 'client'
    ? [...events(side, 'Outbound', asked), ...events(side, 'Inbound', answered)]
    : [...events(side, 'Inbound', asked), ...events(side, 'Outbound', answered)];
}

const CONVERSATIONS = SIDES_AND_SHAPES.flatMap(([side, shape]) =>
  LENGTHS[shape].map(([requests, answers]) => [side, shape, requests, answers] as const),
);

describe('conversations', () => {
  it.each(CONVERSATIONS)('on the %s, %s: %i requests, %i answers', async (side, shape, requests, answers) => {
    const rig = await echo.start({ ...tracingOn(side, { messageEvents: true }), handlers: conversingHandlers });
    await converse(rig.client, shape, requests, answers);
    expect(await firstSpan(rig, side)).toEqual({
      ...expectedSpan(side, shape, { code: status.OK, details: 'OK' }, rig.port),
      events: conversation(side, requests, answers),
    });
  });

  it.each(SIDES)('on the %s, in the order in which they happen: question, answer, question, answer', async (side) => {
    const rig = await echo.start(tracingOn(side, { messageEvents: true }));
    const call = rig.client.Bidi();
    const over = new Promise((resolve) => call.on('status', resolve));
    const texts = ['one', 'second', 'and the third'];
    for (const text of texts) {
      const answer = new Promise((resolve) => call.once('data', resolve));
      call.write({ text });
      await answer;
    }
    call.end();
    await over;
    const out = events(side, 'Outbound', texts);
    const into = events(side, 'Inbound', texts);
    const [first, second] = side === 'client' ? [out, into] : [into, out];
    expect((await firstSpan(rig, side)).events).toEqual(first.flatMap((event, index) => [event, second[index]]));
  });
});

describe.each(SIDES)('how many, on the %s', (side) => {
  it.each<[messageEvents: TracingOptions['messageEvents'], each: number, expected: number]>([
    [true, 64, 128],
    [true, 65, 128],
    [true, 200, 128],
    [{ limit: 5 }, 2, 4],
    [{ limit: 5 }, 3, 5],
    [{ limit: 1 }, 3, 1],
    [{ limit: 100 }, 60, 100],
    [{ limit: 0 }, 3, 0],
    [false, 3, 0],
    [undefined, 3, 0],
  ])('%j, %i messages in each direction: %i events', async (messageEvents, each, expected) => {
    const rig = await echo.start({ ...tracingOn(side, { messageEvents }), handlers: conversingHandlers });
    await converse(rig.client, 'Bidi', each, each);
    expect((await firstSpan(rig, side)).events).toEqual(conversation(side, each, each).slice(0, expected));
  });

  it('the event of an error is not counted', async () => {
    const rig = await echo.start(tracingOn(side, { messageEvents: { limit: 1 } }));
    await invoke(rig.client, 'Unary', { metadata: behave('code 13') }).result;
    expect((await firstSpan(rig, side)).events.map(({ name }) => name)).toEqual([
      side === 'client' ? 'Outbound message' : 'Inbound message',
      'exception',
    ]);
  });

  it('none on a span that is not sampled: nothing is put on it at all', async () => {
    // The cast: the API does not export the class of its spans that record nothing.
    const span = Object.getPrototypeOf(trace.wrapSpanContext(INVALID_SPAN_CONTEXT)) as Span;
    const touched = [jest.spyOn(span, 'addEvent'), jest.spyOn(span, 'setAttributes'), jest.spyOn(span, 'setStatus')];
    const telemetry = new Telemetry(new DecidingSampler(SamplingDecision.NOT_RECORD));
    const rig = await echo.start(tracingOn(side, { messageEvents: true }, telemetry));
    await invoke(rig.client, 'Bidi', { metadata: behave('code 13') }).result;
    await callsOver(rig);
    const calls = touched.map((spy) => spy.mock.calls.length);
    for (const spy of touched) spy.mockRestore();
    expect(calls).toEqual([0, 0, 0]);
    expect(telemetry.startedCount).toBe(0);
  });
});

describe('what is no message', () => {
  it('the null that grpc-js hands on when a unary call fails', async () => {
    const rig = await echo.start({ clientTracing: { messageEvents: true } });
    const outcome = await invoke(rig.client, 'Unary', { metadata: behave('code 5') }).result;
    const expected = expectedSpan('client', 'Unary', outcome, rig.port);
    expect(await firstSpan(rig, 'client')).toEqual({
      ...expected,
      events: [...events('client', 'Outbound', ['hello']), ...expected.events],
    });
  });

  it('an answer that comes after the end', async () => {
    const handled = moment();
    let answer = (): void => undefined;
    const rig = await echo.start({
      serverTracing: { messageEvents: true },
      handlers: {
        Unary(_call, callback) {
          answer = () => callback(null, { text: 'late' });
          handled.come();
        },
      },
    });
    const { result } = invoke(rig.client, 'Unary', { callOptions: { deadline: deadlines.next() } });
    await handled.whenCome;
    deadlines.pass();
    await result;
    await rig.serverTelemetry.spans(1);
    answer();
    expect((await firstSpan(rig, 'server')).events.map(({ name }) => name)).toEqual(['Inbound message', 'exception']);
  });

  it('a request that cannot be serialized', async () => {
    const rig = await echo.start({ clientTracing: { messageEvents: true } });
    await callWith(rig, () => {
      throw new Error('no bytes');
    });
    expect((await firstSpan(rig, 'client')).events.map(({ name }) => name)).toEqual(['exception']);
  });

  it('an answer that cannot be deserialized', async () => {
    const rig = await echo.start({ clientTracing: { messageEvents: true } });
    await callWith(rig, Echo.service.Unary.requestSerialize, () => {
      throw new Error('no message');
    });
    expect((await firstSpan(rig, 'client')).events.map(({ name }) => name)).toEqual(['Outbound message', 'exception']);
  });
});

const { requestSerialize, responseDeserialize } = Echo.service.Unary;

/** Makes a unary call with serializers of its own; resolves with the error, if there is one. */
function callWith(
  rig: EchoRig,
  serialize: (message: { text: string }) => Buffer,
  deserialize: (bytes: Buffer) => unknown = responseDeserialize,
): Promise<ServiceError | null> {
  return new Promise((resolve) =>
    rig.client.makeUnaryRequest('/test.Echo/Unary', serialize, deserialize, { text: 'hello' }, resolve),
  );
}

describe('the method definition of a client call', () => {
  type Definition = InterceptorOptions['method_definition'];

  /** An interceptor behind tracing, which sees what tracing has made of the definition when the call starts. */
  function watching(seen: Definition[], definitions: Definition[] = []): Interceptor {
    return (options, nextCall) =>
      new InterceptingCall(nextCall(options), {
        start: (metadata, listener, next) => {
          next(metadata, listener);
          definitions.push(options.method_definition);
          seen.push({ ...options.method_definition });
        },
      });
  }

  it('serializes and deserializes each message once', async () => {
    const rig = await echo.start({ clientTracing: { messageEvents: true } });
    const serialize = jest.fn(requestSerialize);
    const deserialize = jest.fn(responseDeserialize);
    expect(await callWith(rig, serialize, deserialize)).toBeNull();
    expect(serialize).toHaveBeenCalledTimes(1);
    expect(deserialize).toHaveBeenCalledTimes(1);
    expect((await firstSpan(rig, 'client')).events).toEqual([
      ...events('client', 'Outbound', ['hello']),
      ...events('client', 'Inbound', ['hello']),
    ]);
  });

  it('has this call’s wrappers on while it lasts, and is its own again afterwards', async () => {
    const seen: Definition[] = [];
    const definitions: Definition[] = [];
    const rig = await echo.start({
      clientTracing: { messageEvents: true },
      clientChain: (tracing) => [tracing, watching(seen, definitions)],
    });
    await callWith(rig, requestSerialize);
    expect(seen.map((definition) => definition.requestSerialize === requestSerialize)).toEqual([false]);
    expect(definitions).toMatchObject([{ requestSerialize, responseDeserialize }]);
    expect(definitions[0]?.requestSerialize).toBe(requestSerialize);
    expect(definitions[0]?.responseDeserialize).toBe(responseDeserialize);
  });

  const notSampled = (): Telemetry => new Telemetry(new DecidingSampler(SamplingDecision.NOT_RECORD));

  it.each<[when: string, options: TracingOptions, telemetry: Telemetry]>([
    ['by default', {}, new Telemetry()],
    ['with false', { messageEvents: false }, new Telemetry()],
    ['with a limit of 0', { messageEvents: { limit: 0 } }, new Telemetry()],
    ['when the span does not record', { messageEvents: true }, notSampled()],
    ['when the call is left out', { messageEvents: true, filter: () => false }, new Telemetry()],
  ])('is not touched %s', async (_when, options, telemetry) => {
    const seen: Definition[] = [];
    const rig = await echo.start({
      ...tracingOn('client', options, telemetry),
      clientChain: (tracing) => [tracing, watching(seen)],
    });
    await callWith(rig, requestSerialize);
    expect(seen).toHaveLength(1);
    expect(seen[0]?.requestSerialize).toBe(requestSerialize);
    expect(seen[0]?.responseDeserialize).toBe(responseDeserialize);
  });

  it('serves each attempt of an interceptor that retries: its span has its own messages', async () => {
    let failures = 2;
    const rig = await echo.start({
      clientTracing: { messageEvents: true },
      clientChain: (tracing) => [retrying(3), tracing],
      handlers: {
        Unary(call, callback) {
          if (failures-- > 0) callback({ code: status.UNAVAILABLE, details: 'again' });
          else callback(null, { text: call.request.text });
        },
      },
    });
    const serialize = jest.fn(requestSerialize);
    expect(await callWith(rig, serialize)).toBeNull();
    const spans = await rig.clientTelemetry.spans(3);
    const sent = events('client', 'Outbound', ['hello']);
    const failed = { code: status.UNAVAILABLE, details: 'again' };
    const attempt = expectedSpan('client', 'Unary', failed, rig.port);
    expect(spans.map(plainSpan)).toEqual([
      { ...attempt, events: [...sent, ...attempt.events] },
      { ...attempt, events: [...sent, ...attempt.events] },
      {
        ...expectedSpan('client', 'Unary', { code: status.OK, details: 'OK' }, rig.port),
        events: [...sent, ...events('client', 'Inbound', ['hello'])],
      },
    ]);
    expect(serialize).toHaveBeenCalledTimes(3);
  });

  it('keeps its events when an interceptor below tells the status of the call before a second time', async () => {
    const repeating: Interceptor = (options, nextCall) =>
      new InterceptingCall(nextCall(options), {
        start(metadata, _listener, next) {
          next(metadata, {
            onReceiveStatus(outcome, pass) {
              pass(outcome);
              pass(outcome);
            },
          });
        },
      });
    // Makes the second call while it is told the first one's status, and hears nothing more of the first.
    const again: Interceptor = (options, nextCall) => {
      let calls = 0;
      return new InterceptingCall(nextCall(options), {
        start(metadata, _listener, next) {
          next(metadata, {
            onReceiveStatus(_outcome, pass) {
              if (calls++ > 0) return;
              const second = nextCall(options);
              second.start(metadata, { onReceiveStatus: pass });
              second.sendMessage({ text: 'hello' });
              second.halfClose();
            },
          });
        },
      });
    };
    const rig = await echo.start({
      clientTracing: { messageEvents: true },
      clientChain: (tracing) => [again, tracing, repeating],
    });
    await invoke(rig.client, 'Unary').result;
    const spans = await rig.clientTelemetry.spans(2);
    const both = [...events('client', 'Outbound', ['hello']), ...events('client', 'Inbound', ['hello'])];
    expect(spans.map(plainSpan).map((span) => span.events)).toEqual([both, both]);
  });
});
