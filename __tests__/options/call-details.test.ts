import { propagate, status, type CallOptions, type Deadline } from '@grpc/grpc-js';
import type { CallDetails, TracingOptions } from '../../lib/index.js';
import { resolveOptions } from '../../lib/options/settings.js';
import * as details from '../../lib/rpc/call-details.js';
import { invoke } from '../../tools/invoke.js';
import { CLIENT_TRACING, useEcho } from '../helpers/echo.js';
import { handWritten } from '../helpers/hand-written-channel.js';
import { Measurements } from '../helpers/measurements.js';
import { callsOver, firstSpan, SIDES, SIDES_AND_SHAPES, tracingOn } from '../helpers/sides.js';

const echo = useEcho();

const HOUR = 3_600_000;

/** In half an hour, and in two. */
const NEAR = new Date(Date.now() + HOUR / 2);
const FAR = new Date(Date.now() + 2 * HOUR);

/** The three that are told the details of a call, and what each was told. */
class Asking {
  readonly told: Record<'attributes' | 'startHook' | 'metricAttributes', CallDetails[]> = {
    attributes: [],
    startHook: [],
    metricAttributes: [],
  };

  readonly options: TracingOptions = {
    meterProvider: new Measurements().provider,
    attributes: (_rpc, _metadata, call) => {
      this.told.attributes.push(call);
      return {};
    },
    startHook: (_span, _rpc, _metadata, call) => void this.told.startHook.push(call),
    metricAttributes: (_rpc, _metadata, call) => {
      this.told.metricAttributes.push(call);
      return {};
    },
  };

  /** What all of them were told, of one call each. */
  get deadline(): Date | undefined {
    const [first, ...others] = Object.values(this.told).map((calls) => calls[0]);
    expect(Object.values(this.told).map((calls) => calls.length)).toEqual([1, 1, 1]);
    expect(others).toEqual([first, first]);
    expect(Object.keys(first ?? {})).toEqual(['deadline']);
    return first?.deadline;
  }
}

describe.each(SIDES_AND_SHAPES)('on the %s, %s', (side, shape) => {
  it.each<[what: string, deadlineAt: (moment: number) => Deadline]>([
    ['a date', (moment) => new Date(moment)],
    ['a number', (moment) => moment],
  ])('all three are told when the caller stops waiting: %s', async (_what, deadlineAt) => {
    const asking = new Asking();
    const rig = await echo.start(tracingOn(side, asking.options));
    const before = Date.now();
    await invoke(rig.client, shape, { callOptions: { deadline: deadlineAt(before + HOUR) } }).result;
    await callsOver(rig);
    const { deadline } = asking;
    expect(deadline).toBeInstanceOf(Date);
    // A server is sent how long its caller waits yet, in whole units, and counts by its own clock.
    const slack = { client: 0, server: Date.now() - before + 1 }[side];
    expect(Math.abs(Number(deadline) - (before + HOUR))).toBeLessThanOrEqual(slack);
  });

  it.each([undefined, Infinity])('undefined where it never does: %p', async (deadline) => {
    const asking = new Asking();
    const rig = await echo.start(tracingOn(side, asking.options));
    await invoke(rig.client, shape, { callOptions: deadline === undefined ? {} : { deadline } }).result;
    await callsOver(rig);
    expect(asking.deadline).toBeUndefined();
  });
});

describe('a call within another, which its client makes as the child of the server’s', () => {
  const NOT_THE_DEADLINE = propagate.DEFAULTS & ~propagate.DEADLINE;

  it.each<[what: string, outer: number | undefined, own: CallOptions, expected: 'the outer' | 'its own' | 'none']>([
    ['has the outer deadline where it has none', HOUR, {}, 'the outer'],
    ['has the outer one where that is earlier', HOUR, { deadline: FAR }, 'the outer'],
    ['has its own where that is earlier', 2 * HOUR, { deadline: NEAR }, 'its own'],
    ['has its own where the outer call has none', undefined, { deadline: NEAR }, 'its own'],
    ['has none where neither has one', undefined, {}, 'none'],
    ['has none where it does not take it over', HOUR, { propagate_flags: NOT_THE_DEADLINE }, 'none'],
  ])('%s', async (_what, outer, own, expected) => {
    const asking = { client: new Asking(), server: new Asking() };
    const back = await echo.start({ clientTracing: asking.client.options });
    const front = await echo.start({
      serverTracing: asking.server.options,
      handlers: {
        Unary: (call, callback) => void back.client.Unary(call.request, { ...own, parent: call }, callback),
      },
    });
    const callOptions = outer === undefined ? {} : { deadline: Date.now() + outer };
    expect((await invoke(front.client, 'Unary', { callOptions }).result).code).toBe(status.OK);
    await callsOver(front);
    const deadlines = { 'the outer': asking.server.deadline, 'its own': own.deadline, none: undefined };
    expect(asking.client.deadline).toEqual(deadlines[expected]);
    expect(asking.server.deadline === undefined).toBe(outer === undefined);
  });
});

describe('of a client', () => {
  it.each(CLIENT_TRACING)('the %s knows the deadline', async (clientTracedBy) => {
    const asking = new Asking();
    const rig = await echo.start({ clientTracing: asking.options, clientTracedBy });
    await invoke(rig.client, 'Unary', { callOptions: { deadline: NEAR } }).result;
    expect(asking.deadline).toEqual(NEAR);
  });

  it('a channel of another make does not tell it', async () => {
    const asking = new Asking();
    const rig = await echo.start({ clientTracing: asking.options });
    const channel = handWritten(rig.address);
    const client = rig.newClient(rig.address, { channelOverride: channel });
    await invoke(client, 'Unary', { callOptions: { deadline: NEAR } }).result;
    channel.close();
    expect(asking.deadline).toBeUndefined();
  });

  it('who changes the date changes nothing for the call', async () => {
    const startHook: TracingOptions['startHook'] = (_span, _rpc, _metadata, { deadline }) => void deadline?.setTime(0);
    const rig = await echo.start({ clientTracing: { startHook }, serverTracing: { startHook } });
    const { result } = invoke(rig.client, 'Unary', { callOptions: { deadline: NEAR } });
    expect((await result).code).toBe(status.OK);
  });
});

it.each(SIDES)('the time left can go on the span of the %s', async (side) => {
  const attributes: TracingOptions['attributes'] = (_rpc, _metadata, { deadline }) =>
    deadline === undefined ? {} : { 'time.left_ms': deadline.getTime() - Date.now() };
  const rig = await echo.start(tracingOn(side, { attributes }));
  await invoke(rig.client, 'Unary', { callOptions: { deadline: Date.now() + HOUR } }).result;
  const left = Number((await firstSpan(rig, side)).attributes['time.left_ms']);
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(HOUR + 1);
});

describe.each(SIDES)('details on the %s', (side) => {
  const NOTHING = (): undefined => undefined;

  it.each<[what: string, options: TracingOptions, asks: boolean]>([
    ['nothing', {}, false],
    ['fixed attributes', { attributes: { tenant: 'alice' } }, false],
    ['a function for attributes', { attributes: () => ({}) }, true],
    ['a startHook', { startHook: NOTHING }, true],
    ['a function for attributes of metrics', { metricAttributes: () => ({}) }, true],
    ['what is not told them', { endHook: NOTHING, filter: () => true, isError: () => true }, false],
    ['all that is undefined', { attributes: undefined, startHook: undefined, metricAttributes: undefined }, false],
  ])('are made for %s: %#', (_what, options, asks) => {
    expect(resolveOptions(side, options).asksDetails).toBe(asks);
  });

  it('are no object of a call’s own where nobody asks for them', async () => {
    const made = jest.spyOn(details, 'callDetails');
    const setup = tracingOn(side, { attributes: { tenant: 'alice' }, endHook: NOTHING });
    const rig = await echo.start(setup);
    await invoke(rig.client, 'Unary', { callOptions: { deadline: NEAR } }).result;
    await callsOver(rig);
    expect((await firstSpan(rig, side)).attributes).toMatchObject({ tenant: 'alice' });
    expect(made).not.toHaveBeenCalled();
    made.mockRestore();
  });
});
