import { connectivityState, Metadata, status, type StatusObject } from '@grpc/grpc-js';
import type { BaseChannel, BaseClientCall } from '../../lib/client/base-call.js';
import { endOfTooLate, isTooLate, onUnheardEnd } from '../../lib/client/unheard-end.js';
import type { CallOutcome } from '../../lib/rpc/status.js';
import { DiagLog } from '../helpers/telemetry.js';

const { IDLE, CONNECTING, READY } = connectivityState;
/** A number, as a call's channel has it. */
const SHUTDOWN: number = connectivityState.SHUTDOWN;

const CLOSED = { code: status.UNAVAILABLE, details: 'Channel closed before call started' };
const CANCELLED = { code: status.CANCELLED, details: 'Cancelled on client' };

/** A channel that changes when it is told. */
class FakeChannel implements BaseChannel {
  readonly options = {};
  connectivityState: number = IDLE;
  readonly watchers: { readonly current: number; readonly deadline: number; readonly changed: () => void }[] = [];

  getTarget(): string {
    return 'dns:localhost';
  }

  watchConnectivityState(current: number, deadline: number, changed: () => void): void {
    if (this.connectivityState === SHUTDOWN) throw new Error('Channel has been shut down');
    this.watchers.push({ current, deadline, changed });
  }

  change(state: number): void {
    this.connectivityState = state;
    for (const { changed } of this.watchers.splice(0)) changed();
  }
}

/** A call of it, whose end comes when it is told. */
class FakeCall implements BaseClientCall {
  ended = false;
  listener: object | null = null;
  private readonly watchers: Parameters<BaseClientCall['addStatusWatcher']>[0][] = [];

  constructor(
    readonly channel: BaseChannel = new FakeChannel(),
    readonly deadline: Date | number = Infinity,
  ) {}

  addStatusWatcher(watcher: (typeof this.watchers)[number]): void {
    this.watchers.push(watcher);
  }

  end(outcome: Omit<StatusObject, 'metadata'>): void {
    this.ended = true;
    for (const watcher of this.watchers) watcher({ ...outcome, metadata: new Metadata() });
  }
}

const turn = (): Promise<void> => new Promise(setImmediate);

let log = new DiagLog();
beforeEach(() => {
  log = DiagLog.install();
});
afterEach(() => {
  expect(log.lines).toEqual([]);
});

describe('whether the start of a call comes too late', () => {
  const HOUR = 3_600_000;

  it.each<[what: string, state: number, ended: boolean, deadline: Date | number, expected: boolean]>([
    ['one that goes on', READY, false, Infinity, false],
    ['one that is over', READY, true, Infinity, true],
    ['one that is over, with its channel', SHUTDOWN, true, 5, true],
    ['one that its closed channel will never end', SHUTDOWN, false, Infinity, true],
    ['one on a closed channel that its deadline will end', SHUTDOWN, false, Date.now() + HOUR, false],
    [
      'one on a closed channel that its deadline, a Date, will end',
      SHUTDOWN,
      false,
      new Date(Date.now() + HOUR),
      false,
    ],
    ['one that goes on, with a deadline', CONNECTING, false, Date.now() + HOUR, false],
  ])('%s', (_what, state, ended, deadline, expected) => {
    const channel = new FakeChannel();
    channel.change(state);
    const call = new FakeCall(channel, deadline);
    call.ended = ended;
    expect(isTooLate(call)).toBe(expected);
  });
});

describe('the end of a call that is started too late', () => {
  const over = (deadline: Date | number): FakeCall => {
    const call = new FakeCall(new FakeChannel(), deadline);
    call.end(CANCELLED);
    return call;
  };
  const DEADLINE = { code: status.DEADLINE_EXCEEDED, details: 'Deadline exceeded before the call started' };
  const BY_SOMEBODY = { code: status.CANCELLED, details: 'Cancelled before the call started' };

  it.each<[what: string, call: BaseClientCall | undefined, cancelled: CallOutcome | undefined, expected: CallOutcome]>([
    ['closed', new FakeCall(), undefined, CLOSED],
    ['closed, and cancelled since', new FakeCall(), CANCELLED, CLOSED],
    ['cancelled', over(Infinity), CANCELLED, CANCELLED],
    ['cancelled, and past its deadline since', over(1), CANCELLED, CANCELLED],
    ['past its deadline', over(1), undefined, DEADLINE],
    ['past its deadline, a Date', over(new Date(1)), undefined, DEADLINE],
    ['past a deadline that was never ahead', over(-Infinity), undefined, DEADLINE],
    ['ended by somebody else', over(Infinity), undefined, BY_SOMEBODY],
    ['ended by somebody else before its deadline', over(Date.now() + 3_600_000), undefined, BY_SOMEBODY],
    ['of another make, cancelled', undefined, CANCELLED, CANCELLED],
    ['of another make, and nothing known', undefined, undefined, BY_SOMEBODY],
  ])('%s', (_what, call, cancelled, expected) => {
    expect(endOfTooLate(call, cancelled)).toEqual(expected);
  });
});

describe('a call that waits to be started', () => {
  it('ends with what it ends with, in the turn after', async () => {
    const call = new FakeCall();
    const end = jest.fn();
    onUnheardEnd(call, end);
    call.end(CANCELLED);
    expect(end).not.toHaveBeenCalled();
    await turn();
    expect(end.mock.calls).toEqual([[expect.objectContaining(CANCELLED)]]);
  });

  it.each<[when: string, before: boolean]>([
    ['before its end', true],
    ['in the turn of its end', false],
  ])('is left alone when somebody listens %s', async (_when, before) => {
    const call = new FakeCall();
    const end = jest.fn();
    onUnheardEnd(call, end);
    if (before) call.listener = {};
    call.end(CANCELLED);
    call.listener = {};
    await turn();
    expect(end).not.toHaveBeenCalled();
  });

  it('ends when its channel is closed, unless somebody listens', () => {
    const channel = new FakeChannel();
    const [waiting, started] = [new FakeCall(channel), new FakeCall(channel)];
    const [ends, not] = [jest.fn(), jest.fn()];
    onUnheardEnd(waiting, ends);
    onUnheardEnd(started, not);
    started.listener = {};
    channel.change(SHUTDOWN);
    expect(ends.mock.calls).toEqual([[CLOSED]]);
    expect(not).not.toHaveBeenCalled();
  });

  it.each([Date.now() + 3_600_000, new Date(Date.now() + 3_600_000)])(
    'leaves a channel alone when its own deadline will end it: %p',
    (deadline) => {
      const channel = new FakeChannel();
      const stop = onUnheardEnd(new FakeCall(channel, deadline), () => undefined);
      expect(channel.watchers).toEqual([]);
      expect(stop).not.toThrow();
    },
  );

  it('goes on where its channel cannot be watched, and that is told', () => {
    const channel = new FakeChannel();
    channel.change(SHUTDOWN);
    const end = jest.fn();
    const stop = onUnheardEnd(new FakeCall(channel), end);
    expect(stop).not.toThrow();
    expect(end).not.toHaveBeenCalled();
    expect(log.lines.splice(0)).toEqual(['grpc-js-opentelemetry: the channel could not be watched']);
  });
});

describe('the watcher of a channel', () => {
  it('is one, however many calls wait', () => {
    const channel = new FakeChannel();
    for (let n = 0; n < 100; n++) onUnheardEnd(new FakeCall(channel), () => undefined);
    expect(channel.watchers.map(({ current, deadline }) => [current, deadline])).toEqual([[IDLE, Infinity]]);
  });

  it('watches on from the new state while a call waits', () => {
    const channel = new FakeChannel();
    const end = jest.fn();
    onUnheardEnd(new FakeCall(channel), end);
    for (const state of [CONNECTING, READY, IDLE]) {
      channel.change(state);
      expect(channel.watchers.map(({ current }) => current)).toEqual([state]);
    }
    channel.change(SHUTDOWN);
    expect(end).toHaveBeenCalledTimes(1);
    expect(channel.watchers).toEqual([]);
  });

  it('goes at the next change when nobody waits any more, and comes back with who does', () => {
    const channel = new FakeChannel();
    const [first, second] = [jest.fn(), jest.fn()];
    const stop = [onUnheardEnd(new FakeCall(channel), first), onUnheardEnd(new FakeCall(channel), first)];
    for (const each of stop) each();
    channel.change(CONNECTING);
    expect(channel.watchers).toEqual([]);
    onUnheardEnd(new FakeCall(channel), second);
    channel.change(SHUTDOWN);
    expect(first).not.toHaveBeenCalled();
    expect(second.mock.calls).toEqual([[CLOSED]]);
  });

  it('of one channel says nothing of another', () => {
    const [closed, open] = [new FakeChannel(), new FakeChannel()];
    const [ends, not] = [jest.fn(), jest.fn()];
    onUnheardEnd(new FakeCall(closed), ends);
    onUnheardEnd(new FakeCall(open), not);
    closed.change(SHUTDOWN);
    expect([ends.mock.calls.length, not.mock.calls.length]).toEqual([1, 0]);
  });
});
