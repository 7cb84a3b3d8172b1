import { InterceptingCall, status, type Interceptor } from '@grpc/grpc-js';
import { baseCallOf, connectTargetOf, type BaseClientCall } from '../../lib/client/base-call.js';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { useEcho } from '../helpers/echo.js';
import { behave } from '../helpers/echo-handlers.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { handWritten } from '../helpers/hand-written-channel.js';
import { HeldStarts } from '../helpers/held-starts.js';
import { expectedPoints, measured } from '../helpers/measured.js';
import { plainSpan } from '../helpers/plain-span.js';

const echo = useEcho();

const nothing = (): void => undefined;

describe('grpc-js’s own call below all interceptors', () => {
  it.each(SHAPES)('is found, directly and behind other interceptors: of a %s call', async (shape) => {
    const found: (BaseClientCall | undefined)[] = [];
    const finding: Interceptor = (options, nextCall) => {
      const call = nextCall(options);
      const wrapped = new InterceptingCall(new InterceptingCall(call));
      found.push(baseCallOf(call), baseCallOf(wrapped));
      return wrapped;
    };
    const rig = await echo.start({ clientChain: (tracing) => [finding, tracing, finding] });
    const { result } = invoke(rig.client, shape);
    const [base] = found;
    expect(found.map((each) => each === base)).toEqual([true, true, true, true]);
    // Asymmetric matchers are untyped.
    expect(base).toMatchObject({ ended: false, deadline: Infinity, listener: expect.any(Object) as object });
    expect(base?.channel.connectivityState).toBe(rig.client.getChannel().getConnectivityState(false));
    await result;
    expect(base?.ended).toBe(true);
  });

  it('has no listener until it is started', async () => {
    const held = new HeldStarts();
    let base: BaseClientCall | undefined;
    const finding: Interceptor = (options, nextCall) => {
      const call = nextCall(options);
      base = baseCallOf(call);
      return new InterceptingCall(call);
    };
    const rig = await echo.start({ clientChain: (tracing) => [tracing, held.interceptor, finding] });
    const { result } = invoke(rig.client, 'Unary');
    expect(base?.listener).toBeNull();
    held.letGo();
    expect(base?.listener).toEqual(expect.any(Object));
    await result;
  });

  const channel = { options: {}, connectivityState: 0, getTarget: () => 'dns:localhost' };
  const own = { channel, ended: false, addStatusWatcher: nothing };

  it('is known by what it has', () => {
    // What grpc-js's call and interceptors look like, as far as anybody asks.
    const call = { nextCall: { call: own } } as unknown as InterceptingCall;
    expect(baseCallOf(call)).toBe(own);
  });

  it.each<[string, object]>([
    ['no call has one', { nextCall: { nextCall: null } }],
    ['a call is no object', { nextCall: 'text' }],
    ['it is text', { call: 'text' }],
    ['it is null', { call: null }],
    ['it is a function', { call: nothing }],
    ['it does not say whether it is over', { call: { ...own, ended: undefined } }],
    ['it says by something else whether it is over', { call: { ...own, ended: 1 } }],
    ['it cannot be watched', { call: { ...own, addStatusWatcher: undefined } }],
    ['its watchers are a list', { call: { ...own, addStatusWatcher: [] } }],
    ['it has no channel', { call: { ...own, channel: undefined } }],
    ['its channel is null', { call: { ...own, channel: null } }],
    ['its channel is a name', { call: { ...own, channel: 'dns:localhost' } }],
    ['its channel has no options', { call: { ...own, channel: { ...channel, options: undefined } } }],
    ['its channel’s options are null', { call: { ...own, channel: { ...channel, options: null } } }],
    ['its channel’s options are text', { call: { ...own, channel: { ...channel, options: 'text' } } }],
    ['its channel has no state', { call: { ...own, channel: { ...channel, connectivityState: undefined } } }],
    ['its channel does not say its target', { call: { ...own, channel: { ...channel, getTarget: undefined } } }],
    ['its channel’s state is a word', { call: { ...own, channel: { ...channel, connectivityState: 'READY' } } }],
  ])('is not found when %s', (_case, call) => {
    // Not a call of any grpc-js; what a later one may look like.
    expect(baseCallOf(call as InterceptingCall)).toBeUndefined();
  });

  it.each<[string, Record<string, unknown>, string | undefined]>([
    ['text', { 'grpc.http_connect_target': 'dns:payments.example:443' }, 'dns:payments.example:443'],
    ['not there', {}, undefined],
    ['null', { 'grpc.http_connect_target': null }, undefined],
    ['an object', { 'grpc.http_connect_target': { path: 'payments.example' } }, undefined],
  ])('the target behind a proxy: %s', (_what, options, expected) => {
    const watched = { ...channel, options, watchConnectivityState: nothing };
    expect(connectTargetOf(watched)).toBe(expected);
  });
});

describe.each(SHAPES)('a %s call on a channel of another make', (shape) => {
  it('has a span and is measured like any other', async () => {
    let base: unknown = 'not asked';
    const finding: Interceptor = (options, nextCall) => {
      const call = nextCall(options);
      base = baseCallOf(call);
      return new InterceptingCall(call);
    };
    const setup = { clientChain: (tracing: Interceptor) => [tracing, finding] };
    const { rig, measurements, spanSeconds } = await measured(echo, 'client', {}, setup);
    const client = rig.newClient(rig.address, { channelOverride: handWritten(rig.address) });
    expect((await invoke(client, shape).result).code).toBe(status.OK);
    expect(base).toBeUndefined();
    const [seconds] = await spanSeconds(1);
    expect(rig.clientTelemetry.ended.map(plainSpan)).toEqual([
      expectedSpan('client', shape, { code: status.OK, details: 'OK' }, rig.port),
    ]);
    const expected = expectedPoints('client', shape, rig.port, { 'rpc.status_code': 'OK' }, seconds);
    expect(await measurements.points(1)).toStrictEqual(expected);
  });

  it.each<[where: string, chain: (tracing: Interceptor, delaying: Interceptor) => Interceptor[]]>([
    ['before tracing', (tracing, delaying) => [delaying, tracing]],
    ['after tracing', (tracing, delaying) => [tracing, delaying]],
  ])('that is cancelled before an interceptor %s starts it leaves a span that has ended', async (_where, chain) => {
    const held = new HeldStarts();
    const rig = await echo.start({ clientChain: (tracing) => chain(tracing, held.interceptor) });
    const client = rig.newClient(rig.address, { channelOverride: handWritten(rig.address) });
    const { call } = invoke(client, shape);
    call.cancel();
    await new Promise(setImmediate);
    held.letGo();
    const outcome = { code: status.CANCELLED, details: 'Cancelled on client' };
    expect((await rig.clientTelemetry.spans(1)).map(plainSpan)).toEqual([
      expectedSpan('client', shape, outcome, rig.port, 'none'),
    ]);
  });

  it('that is cancelled while the server works on it says what its caller got', async () => {
    const rig = await echo.start();
    const client = rig.newClient(rig.address, { channelOverride: handWritten(rig.address) });
    const { call, result } = invoke(client, shape, { metadata: behave('hang') });
    await rig.serverTelemetry.started(1);
    call.cancel();
    const outcome = { code: status.CANCELLED, details: 'Cancelled on client' };
    expect(await result).toMatchObject(outcome);
    expect((await rig.clientTelemetry.spans(1)).map(plainSpan)).toEqual([
      expectedSpan('client', shape, outcome, rig.port),
    ]);
  });
});
