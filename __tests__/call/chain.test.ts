import { InterceptingCall, status, type Interceptor, type Metadata, type StatusObject } from '@grpc/grpc-js';
import { invoke, SHAPES, type Shape } from '../../tools/invoke.js';
import {
  expectedSpans,
  otherClient,
  otherServer,
  placed,
  PLACES,
  spansOf,
  type EventLog,
  type Meddling,
  type Position,
} from '../helpers/chain.js';
import { useEcho, type EchoRig } from '../helpers/echo.js';
import { behave, type Behaviour } from '../helpers/echo-handlers.js';
import { expectedSpan } from '../helpers/expected-span.js';
import type { PlainSpan } from '../helpers/plain-span.js';

const echo = useEcho();

describe.each(['client', 'server'] as const)('on the %s', (side) => {
  const other = { client: otherClient, server: otherServer };

  /** Makes one call through two interceptors of others, with tracing among them or without. */
  async function logOf(shape: Shape, behaviour: Behaviour, position?: Position): Promise<[EventLog, EchoRig]> {
    const log: EventLog = { out: [], in: [] };
    const rig = await echo.start({
      clientChain: (tracing) => {
        const others = [other.client('A', log), other.client('B', log)] as const;
        if (side === 'server') return [tracing];
        return position === undefined ? [...others] : placed(position, tracing, others);
      },
      serverChain: (tracing) => {
        const others = [other.server('A', log), other.server('B', log)] as const;
        if (side === 'client') return [tracing];
        return position === undefined ? [...others] : placed(position, tracing, others);
      },
    });
    await invoke(rig.client, shape, { metadata: behave(behaviour) }).result;
    await rig.close();
    return [log, rig];
  }

  it.each(PLACES)('tracing %s leaves a whole span of a %s call', async (position, shape) => {
    const [, rig] = await logOf(shape, 'ok', position);
    expect(await spansOf(rig)).toEqual(expectedSpans(shape, rig));
  });

  it.each(PLACES)('tracing %s: the others of a %s call see what they see without it', async (position, shape) => {
    for (const behaviour of ['ok', 'code 5'] as const) {
      const [without] = await logOf(shape, behaviour);
      const [withTracing] = await logOf(shape, behaviour, position);
      expect(without.in).toContain('B message');
      expect(withTracing).toEqual(without);
    }
  });
});

describe('interceptors that change what passes them', () => {
  const LATER: Meddling = {
    metadata: (metadata) => metadata.set('x-added', 'yes'),
    text: (text) => `${text}!`,
    code: (code) => (code === status.NOT_FOUND ? status.FAILED_PRECONDITION : code),
  };
  const AS_IS: Meddling = {};
  const ANSWERED = { code: status.FAILED_PRECONDITION, details: expect.any(String) as string }; // a matcher stands for it

  it.each(PLACES)(
    'tracing %s: the client’s change metadata, messages and status of a %s call',
    async (position, shape) => {
      const log: EventLog = { out: [], in: [] };
      const rig = await echo.start({
        clientChain: (tracing) =>
          placed(position, tracing, [otherClient('A', log, LATER), otherClient('B', log, AS_IS)] as const),
        handlers: { Unary: (call, callback) => callback(null, { text: String(call.metadata.get('x-added')) }) },
      });
      const { messages } = await invoke(rig.client, shape, { text: 'hello' }).result;
      expect(messages).toEqual(messages.map(() => (shape === 'Unary' ? 'yes!' : 'hello!!')));
      expect(messages).not.toEqual([]);
      expect(await spansOf(rig)).toEqual(expectedSpans(shape, rig));
    },
  );

  it.each(PLACES)('tracing %s: the server’s change metadata and messages of a %s call', async (position, shape) => {
    const log: EventLog = { out: [], in: [] };
    const rig = await echo.start({
      serverChain: (tracing) =>
        placed(position, tracing, [otherServer('A', log, LATER), otherServer('B', log, AS_IS)] as const),
    });
    let headers: Metadata | undefined;
    const { call, result } = invoke(rig.client, shape, { text: 'hello' });
    // Every kind of client call emits it.
    (call as unknown as NodeJS.EventEmitter).on('metadata', (received: Metadata) => (headers = received));
    const { messages } = await result;
    expect(messages).toEqual(messages.map(() => 'hello!!'));
    expect(headers?.get('x-added')).toEqual(['yes']);
    expect(await spansOf(rig)).toEqual(expectedSpans(shape, rig));
  });

  it.each(SHAPES)(
    'the client’s change the status of a %s call: the span tells what its own place in the list sees',
    async (shape) => {
      const changing = otherClient('A', { out: [], in: [] }, LATER);
      const seen: [PlainSpan[], number][] = [];
      for (const chain of [
        (tracing: Interceptor) => [tracing, changing],
        (tracing: Interceptor) => [changing, tracing],
      ]) {
        const rig = await echo.start({ clientChain: chain });
        const { code } = await invoke(rig.client, shape, { metadata: behave('code 5') }).result;
        expect(code).toBe(status.FAILED_PRECONDITION);
        seen.push([(await spansOf(rig)).client, rig.port]);
      }
      const [[first, firstPort] = [], [last, lastPort] = []] = seen;
      expect(first).toEqual([expectedSpan('client', shape, ANSWERED, Number(firstPort))]);
      const asSent = { ...ANSWERED, code: status.NOT_FOUND };
      expect(last).toEqual([expectedSpan('client', shape, asSent, Number(lastPort))]);
    },
  );

  it.each(PLACES)(
    'tracing %s: the client’s end a %s call without metadata, as JavaScript lets them',
    async (position, shape) => {
      const bare: Interceptor = (options, nextCall) =>
        new InterceptingCall(nextCall(options), {
          start: (metadata, _listener, next) =>
            next(metadata, {
              // What the type forbids; the retry example of gRFC L5 does it.
              onReceiveStatus: ({ code, details }, pass) => pass({ code, details } as StatusObject),
            }),
        });
      const rig = await echo.start({ clientChain: (tracing) => placed(position, tracing, [bare, bare]) });
      expect((await invoke(rig.client, shape).result).code).toBe(status.OK);
      expect(await spansOf(rig)).toEqual(expectedSpans(shape, rig));
    },
  );

  it.each(PLACES)(
    'tracing %s: the server’s change the status of a %s call, and the span tells what was sent',
    async (position, shape) => {
      const log: EventLog = { out: [], in: [] };
      const rig = await echo.start({
        serverChain: (tracing) =>
          placed(position, tracing, [otherServer('A', log, LATER), otherServer('B', log, AS_IS)] as const),
      });
      const outcome = await invoke(rig.client, shape, { metadata: behave('code 5') }).result;
      expect(outcome.code).toBe(status.FAILED_PRECONDITION);
      expect(await spansOf(rig)).toEqual(expectedSpans(shape, rig, outcome));
    },
  );
});
