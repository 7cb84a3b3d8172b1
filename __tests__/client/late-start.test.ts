import { connectivityState, InterceptingCall, status, type CallOptions, type Interceptor } from '@grpc/grpc-js';
import { baseCallOf, type BaseChannel } from '../../lib/client/base-call.js';
import type { EchoClient } from '../../protos/types/test/Echo';
import { invoke, SHAPES, type Invocation, type Shape } from '../../tools/invoke.js';
import { useDeadlines } from '../helpers/deadlines.js';
import type { CLIENT_TRACING } from '../helpers/echo.js';
import { useEcho, type EchoMethods } from '../helpers/echo.js';
import { expectedSpan, type ExpectedOutcome } from '../helpers/expected-span.js';
import { HeldStarts } from '../helpers/held-starts.js';
import { expectedPoints, measured } from '../helpers/measured.js';
import { moment } from '../helpers/moment.js';
import { plainSpan } from '../helpers/plain-span.js';

const echo = useEcho();
const deadlines = useDeadlines();

const OK = { code: status.OK, details: 'OK' };

type Chain = (tracing: Interceptor, first: Interceptor, second: Interceptor) => Interceptor[];

/** Whether tracing is started at once, and so before the end, or is held back until after it. */
type Tracing = 'early' | 'late';

type TracedBy = (typeof CLIENT_TRACING)[number];

const ORDERS: readonly (readonly [order: string, tracing: Tracing, chain: Chain, clientTracedBy: TracedBy])[] = [
  ['before tracing', 'late', (tracing, first) => [first, tracing], 'interceptor'],
  ['after tracing', 'early', (tracing, first) => [tracing, first], 'interceptor'],
  ['before and after tracing', 'late', (tracing, first, second) => [first, tracing, second], 'interceptor'],
  ['above a channel that traces', 'late', (_tracing, first) => [first], 'channel'],
];

interface Ending {
  readonly callOptions?: () => CallOptions;
  /** Before the calls are let go. */
  readonly before: (client: EchoClient, call: Invocation['call']) => void;
  /** After that. */
  readonly after?: () => void;
  readonly outcomes: Readonly<Record<Tracing, ExpectedOutcome>>;
}

function both(outcome: ExpectedOutcome): Ending['outcomes'] {
  return { early: outcome, late: outcome };
}

const deadlineExceeded = (details: string): ExpectedOutcome => ({ code: status.DEADLINE_EXCEEDED, details });
const cancelled = (details: string): ExpectedOutcome => ({ code: status.CANCELLED, details });

const withDeadline = (): CallOptions => ({ deadline: deadlines.next() });
const EXCEEDED = deadlineExceeded('Deadline exceeded after 10.000s,waiting for name resolution');
/** Of a call that is over, grpc-js tells not how it ended to whoever comes later, but its deadline. */
const EXCEEDED_OUTCOMES = { early: EXCEEDED, late: deadlineExceeded('Deadline exceeded before the call started') };

const ENDINGS: readonly (readonly [what: string, ending: Ending])[] = [
  [
    'its caller cancels',
    { before: (_client, call) => call.cancel(), outcomes: both(cancelled('Cancelled on client')) },
  ],
  ['its deadline passes', { callOptions: withDeadline, before: () => deadlines.pass(), outcomes: EXCEEDED_OUTCOMES }],
  [
    'its deadline, a Date, has passed before it was made',
    {
      callOptions: () => ({ deadline: new Date(deadlines.next() - 1_000_000) }),
      before: () => undefined,
      outcomes: {
        ...EXCEEDED_OUTCOMES,
        early: deadlineExceeded('Deadline exceeded after 0.000s,waiting for name resolution'),
      },
    },
  ],
  [
    'its client is closed, and it has no deadline',
    {
      before: (client) => client.close(),
      outcomes: both({ code: status.UNAVAILABLE, details: 'Channel closed before call started' }),
    },
  ],
  [
    'its client is closed, and its deadline passes',
    {
      callOptions: withDeadline,
      before: (client) => {
        client.close();
        deadlines.pass();
      },
      outcomes: EXCEEDED_OUTCOMES,
    },
  ],
  [
    'its client is closed; started, it waits for its deadline',
    {
      callOptions: withDeadline,
      before: (client) => client.close(),
      after: () => deadlines.pass(),
      outcomes: both(EXCEEDED),
    },
  ],
];

describe.each(ORDERS)(
  'an interceptor %s holds back a call until it is over',
  (_order, tracing, chain, clientTracedBy) => {
    it.each(ENDINGS.flatMap(([what, ending]) => SHAPES.map((shape) => [what, shape, ending] as const)))(
      '%s: a %s call leaves one span, and is measured once',
      async (_what, shape, { callOptions, before, after, outcomes }) => {
        const [first, second] = [new HeldStarts(), new HeldStarts()];
        const clientChain = (own: Interceptor): Interceptor[] => chain(own, first.interceptor, second.interceptor);
        const { rig, measurements, telemetry, spanSeconds } = await measured(
          echo,
          'client',
          {},
          { clientChain, clientTracedBy },
        );
        const { call } = invoke(rig.client, shape, callOptions && { callOptions: callOptions() });
        before(rig.client, call);
        // Until then grpc-js still tells whoever comes.
        await new Promise(setImmediate);
        expect(telemetry.startedCount).toBe({ early: 1, late: 0 }[tracing]);
        first.letGo();
        second.letGo();
        after?.();
        const [seconds] = await spanSeconds(1);
        expect(telemetry.ended.map(plainSpan)).toEqual([
          expectedSpan('client', shape, outcomes[tracing], rig.port, 'none'),
        ]);
        const code = String(status[outcomes[tracing].code]);
        const expected = expectedPoints(
          'client',
          shape,
          rig.port,
          { 'rpc.status_code': code, 'error.type': code },
          seconds,
        );
        expect(await measurements.points(1)).toStrictEqual(expected);
        expect([rig.serverTelemetry.startedCount, telemetry.startedCount]).toEqual([0, 1]);
      },
    );

    it.each(SHAPES)('%s: it ends with the server’s call that it is a part of', async (shape) => {
      const [first, second] = [new HeldStarts(), new HeldStarts()];
      const [called, over] = [moment(), moment()];
      const back = await echo.start({
        clientTracedBy,
        clientChain: (own) => chain(own, first.interceptor, second.interceptor),
      });
      const Unary: EchoMethods['Unary'] = (call) => {
        invoke(back.client, shape, { callOptions: { parent: call } });
        call.on('cancelled', over.come);
        called.come();
      };
      const front = await echo.start({ handlers: { Unary } });
      const { call } = invoke(front.client, 'Unary');
      await called.whenCome;
      call.cancel();
      await over.whenCome;
      await new Promise(setImmediate);
      first.letGo();
      second.letGo();
      const details = { early: 'Cancelled by parent call', late: 'Cancelled before the call started' }[tracing];
      expect((await back.clientTelemetry.spans(1)).map(plainSpan)).toEqual([
        expectedSpan('client', shape, cancelled(details), back.port, 'none'),
      ]);
      expect([back.serverTelemetry.startedCount, back.clientTelemetry.startedCount]).toEqual([0, 1]);
    });

    it.each(SHAPES)('%s: nothing is started at all: its span, if it has one, has ended', async (shape) => {
      const [first, second] = [new HeldStarts(), new HeldStarts()];
      const rig = await echo.start({
        clientTracedBy,
        clientChain: (own) => chain(own, first.interceptor, second.interceptor),
      });
      const { call } = invoke(rig.client, shape);
      call.cancel();
      await rig.clientTelemetry.allEnded();
      expect(rig.clientTelemetry.ended.map(plainSpan)).toEqual(
        {
          early: [expectedSpan('client', shape, cancelled('Cancelled on client'), rig.port, 'none')],
          late: [],
        }[tracing],
      );
    });

    it.each(SHAPES)('%s: started in the turn of its end, its caller is told, and the span says what', async (shape) => {
      const [first, second] = [new HeldStarts(), new HeldStarts()];
      const rig = await echo.start({
        clientTracedBy,
        clientChain: (own) => chain(own, first.interceptor, second.interceptor),
      });
      const { result } = invoke(rig.client, shape, { callOptions: withDeadline() });
      deadlines.pass();
      first.letGo();
      second.letGo();
      expect(await result).toMatchObject(EXCEEDED);
      expect(rig.clientTelemetry.ended.map(plainSpan)).toEqual([
        expectedSpan('client', shape, EXCEEDED, rig.port, 'none'),
      ]);
    });

    it.each(SHAPES)('%s: started in time it ends as ever', async (shape) => {
      const [first, second] = [new HeldStarts(), new HeldStarts()];
      const rig = await echo.start({
        clientTracedBy,
        clientChain: (own) => chain(own, first.interceptor, second.interceptor),
      });
      const { result } = invoke(rig.client, shape);
      await new Promise(setImmediate);
      first.letGo();
      await new Promise(setImmediate);
      second.letGo();
      expect((await result).code).toBe(status.OK);
      expect((await rig.clientTelemetry.spans(1)).map(plainSpan)).toEqual([
        expectedSpan('client', shape, OK, rig.port),
      ]);
      expect(rig.serverTelemetry.startedCount).toBe(1);
    });
  },
);

it('a call that is over while only the second interceptor holds it back ends all the same', async () => {
  const [first, second] = [new HeldStarts(), new HeldStarts()];
  const rig = await echo.start({ clientChain: (own) => [first.interceptor, own, second.interceptor] });
  const { call } = invoke(rig.client, 'Unary');
  first.letGo();
  expect(rig.clientTelemetry.startedCount).toBe(1);
  call.cancel();
  const outcome = cancelled('Cancelled on client');
  expect((await rig.clientTelemetry.spans(1)).map(plainSpan)).toEqual([
    expectedSpan('client', 'Unary', outcome, rig.port, 'none'),
  ]);
});

it.each<[what: string, code: unknown, told: status]>([
  ['what another interceptor has cancelled it with is what the span says', 16, status.UNAUTHENTICATED],
  ['what is no code is UNKNOWN', NaN, status.UNKNOWN],
  ['what is no number is UNKNOWN', 'CANCELLED', status.UNKNOWN],
])('%s', async (_what, code, told) => {
  const held = new HeldStarts();
  const outcome = { code: told, details: 'no token' };
  let refuse = (): void => undefined;
  const refusing: Interceptor = (options, nextCall) => {
    const call = nextCall(options);
    // Plain JavaScript may hand in anything.
    refuse = () => call.cancelWithStatus(code as status, outcome.details);
    return new InterceptingCall(call);
  };
  const rig = await echo.start({ clientChain: (own) => [refusing, held.interceptor, own] });
  const { call } = invoke(rig.client, 'Unary');
  refuse();
  // The first is what counts.
  call.cancel();
  await new Promise(setImmediate);
  held.letGo();
  expect((await rig.clientTelemetry.spans(1)).map(plainSpan)).toEqual([
    expectedSpan('client', 'Unary', outcome, rig.port, 'none'),
  ]);
});

describe('many calls that are held back', () => {
  const MANY = 20;

  /** Counts who waits for a channel to change. */
  class Watchers {
    waiting = 0;
    most = 0;
    private channel: BaseChannel | undefined;

    readonly interceptor: Interceptor = (options, nextCall) => {
      const call = nextCall(options);
      const channel = baseCallOf(call)?.channel;
      if (channel !== undefined && channel !== this.channel) this.count(channel);
      this.channel = channel;
      return new InterceptingCall(call);
    };

    private count(channel: BaseChannel): void {
      const watch = channel.watchConnectivityState.bind(channel);
      jest.spyOn(channel, 'watchConnectivityState').mockImplementation((current, deadline, changed) => {
        this.most = Math.max(this.most, ++this.waiting);
        watch(current, deadline, () => {
          this.waiting--;
          changed();
        });
      });
    }
  }

  it.each<Shape>(['Unary', 'Bidi'])('%s: one watcher a channel, and none when the channel is closed', async (shape) => {
    const [held, watchers] = [new HeldStarts(), new Watchers()];
    const rig = await echo.start({ clientChain: (own) => [own, held.interceptor, watchers.interceptor] });
    for (let round = 0; round < 3; round++) {
      const results = Array.from({ length: MANY }, () => invoke(rig.client, shape).result);
      expect(watchers.waiting).toBe(1);
      held.letGo();
      const codes = (await Promise.all(results)).map(({ code }) => code);
      expect(codes).toEqual(Array<number>(MANY).fill(status.OK));
    }
    expect(watchers.most).toBe(1);
    // At the next change nobody is left to watch for.
    rig.client.close();
    expect(watchers.waiting).toBe(0);
    expect(rig.clientTelemetry.ended).toHaveLength(3 * MANY);
  });

  it('none of them watches any longer once it has ended: at the next change nobody does', async () => {
    const [held, watchers] = [new HeldStarts(), new Watchers()];
    const rig = await echo.start({ clientChain: (own) => [own, held.interceptor, watchers.interceptor] });
    const results = SHAPES.map((shape) => invoke(rig.client, shape).result);
    held.letGo();
    await Promise.all(results);
    const channel = rig.client.getChannel();
    const changed = new Promise<void>((resolve) => {
      channel.watchConnectivityState(connectivityState.READY, Infinity, () => resolve());
    });
    rig.server.forceShutdown();
    await changed;
    expect(watchers.waiting).toBe(0);
  });

  it('a channel that is closed ends all of its own and none of another', async () => {
    const held = new HeldStarts();
    const rig = await echo.start({ clientChain: (own) => [own, held.interceptor] });
    const other = rig.newClient();
    const { result } = invoke(other, 'Unary');
    for (const shape of SHAPES) invoke(rig.client, shape);
    rig.client.close();
    expect(rig.clientTelemetry.ended.map(({ attributes }) => attributes['rpc.status_code'])).toEqual(
      SHAPES.map(() => 'UNAVAILABLE'),
    );
    held.letGo();
    expect((await result).code).toBe(status.OK);
  });
});
