import * as grpc from '@grpc/grpc-js';
import { InterceptingCall, status, type Interceptor } from '@grpc/grpc-js';
import { suppressTracing } from '@opentelemetry/core';
import { context } from '@opentelemetry/api';
import { assertChildOf } from 'grpc-js-opentelemetry/testing';
import { tracingChannel, type RpcInfo } from '../../lib/index.js';
import { Echo } from '../../tools/echo.js';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { useContextManager } from '../helpers/async-context.js';
import { useEcho, type EchoRig } from '../helpers/echo.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { handWritten } from '../helpers/hand-written-channel.js';
import { plainSpan } from '../helpers/plain-span.js';
import { retrying } from '../helpers/retrying.js';

useContextManager();
const echo = useEcho();

const OK = { code: status.OK, details: 'OK' };

const channels: grpc.ChannelInterface[] = [];

afterEach(() => {
  for (const channel of channels.splice(0)) channel.close();
});

function channelTo(rig: EchoRig): grpc.Channel {
  const channel = new grpc.Channel(rig.address, grpc.credentials.createInsecure(), {});
  channels.push(channel);
  return channel;
}

/** A channel of another make: it has nothing but the interface, and its calls are none of grpc-js's. */
function handWrittenTo(rig: EchoRig): grpc.ChannelInterface {
  const channel = handWritten(rig.address);
  channels.push(channel);
  return channel;
}

/** A client on a traced channel of its own. */
function clientOn(channel: grpc.ChannelInterface, options: grpc.ClientOptions = {}): InstanceType<typeof Echo> {
  return new Echo('', grpc.credentials.createInsecure(), { channelOverride: channel, ...options });
}

describe.each(SHAPES)('a %s call on a traced channel', (shape) => {
  it('leaves the whole span, the parent of the server’s', async () => {
    const rig = await echo.start({ clientTracedBy: 'channel' });
    expect(await invoke(rig.client, shape).result).toMatchObject({ code: status.OK });
    const [span] = await rig.clientTelemetry.spans(1);
    expect(span && plainSpan(span)).toEqual(expectedSpan('client', shape, OK, rig.port));
    assertChildOf((await rig.serverTelemetry.spans(1))[0], span);
  });

  it.each<[what: string, chain: (tracing: Interceptor) => Interceptor[]]>([
    ['alone', (tracing) => [tracing]],
    ['before one that hands other metadata on', (tracing) => [tracing, handingOnOther]],
    ['behind one', (tracing) => [handingOnOther, tracing]],
    ['twice', (tracing) => [tracing, tracing]],
  ])('leaves one span where its client has the interceptor too, %s', async (_what, chain) => {
    const rig = await echo.start({ clientChain: chain });
    const options = { tracerProvider: rig.clientTelemetry.provider };
    const client = clientOn(tracingChannel(channelTo(rig), options), { interceptors: rig.clientInterceptors });
    expect(await invoke(client, shape).result).toMatchObject({ code: status.OK });
    expect((await rig.clientTelemetry.spans(1)).map(plainSpan)).toEqual([expectedSpan('client', shape, OK, rig.port)]);
    await rig.serverTelemetry.spans(1);
    expect(rig.clientTelemetry.startedCount).toBe(1);
  });

  it('leaves one span on a channel that is traced twice', async () => {
    const rig = await echo.start();
    const options = { tracerProvider: rig.clientTelemetry.provider };
    const client = clientOn(tracingChannel(tracingChannel(channelTo(rig), options), options));
    expect(await invoke(client, shape).result).toMatchObject({ code: status.OK });
    await rig.serverTelemetry.spans(1);
    expect((await rig.clientTelemetry.spans(1)).map(plainSpan)).toEqual([expectedSpan('client', shape, OK, rig.port)]);
    expect(rig.clientTelemetry.startedCount).toBe(1);
  });

  it('is told to hooks, filters and attributes as a stream of both sides', async () => {
    const seen: RpcInfo[] = [];
    const note = (rpc: RpcInfo): boolean => seen.push(rpc) > 0;
    const rig = await echo.start({
      clientTracedBy: 'channel',
      clientTracing: {
        filter: note,
        attributes: (rpc) => ({ noted: note(rpc) }),
        startHook: (_span, rpc) => void note(rpc),
        endHook: (_span, rpc) => void note(rpc),
        isError: (rpc) => note(rpc),
      },
    });
    await invoke(rig.client, shape).result;
    await rig.clientTelemetry.spans(1);
    const method = { service: 'test.Echo', method: shape, fullMethod: `test.Echo/${shape}` };
    const rpc = { side: 'client', ...method, requestStream: true, responseStream: true };
    expect(seen).toEqual([rpc, rpc, rpc, rpc, rpc]);
    expect(new Set(seen).size).toBe(1);
  });

  it('has message events with the sizes that the interceptor tells', async () => {
    const events = async (clientTracedBy: 'interceptor' | 'channel'): Promise<unknown> => {
      const rig = await echo.start({ clientTracedBy, clientTracing: { messageEvents: true } });
      await invoke(rig.client, shape).result;
      return (await rig.clientTelemetry.spans(1)).map((span) => plainSpan(span).events);
    };
    const byChannel = await events('channel');
    expect(byChannel).toEqual(await events('interceptor'));
    expect(JSON.stringify(byChannel)).toContain('message-size');
  });

  it('is left out by a filter, and passes the caller’s context on', async () => {
    const rig = await echo.start({ clientTracedBy: 'channel', clientTracing: { filter: () => false } });
    await rig.serverTelemetry.provider.getTracer('caller').startActiveSpan('caller', async (caller) => {
      await invoke(rig.client, shape).result;
      caller.end();
    });
    const [server, caller] = await rig.serverTelemetry.spans(2);
    expect(server?.parentSpanContext?.spanId).toBe(caller?.spanContext().spanId);
    expect(rig.clientTelemetry.startedCount).toBe(0);
  });

  it('leaves nothing where tracing is suppressed', async () => {
    const rig = await echo.start({ clientTracedBy: 'channel' });
    await context.with(suppressTracing(context.active()), () => invoke(rig.client, shape).result);
    const [server] = await rig.serverTelemetry.spans(1);
    expect(server?.parentSpanContext).toBeUndefined();
    expect(rig.clientTelemetry.startedCount).toBe(0);
  });

  it('keeps its own interceptors, and its credentials arrive', async () => {
    const rig = await echo.start({ clientTracedBy: 'channel' });
    const ran: string[] = [];
    const own: Interceptor = (options, nextCall) => {
      ran.push(options.method_definition.path);
      return new InterceptingCall(nextCall(options));
    };
    await invoke(rig.client, shape, { callOptions: { interceptors: [own] } }).result;
    expect((await rig.clientTelemetry.spans(1)).length).toBe(1);
    expect(ran).toEqual([`/test.Echo/${shape}`]);
  });
});

/** As many do to add a header: not to the metadata that they are handed. */
const handingOnOther: Interceptor = (options, nextCall) =>
  new InterceptingCall(nextCall(options), {
    start: (metadata, listener, next) => next(metadata.clone(), listener),
  });

describe('an interceptor that retries, above a traced channel', () => {
  it.each<[what: string, alsoAbove: boolean, spans: number]>([
    ['alone: each attempt is a call', false, 3],
    // The first attempt is made within the chain, the others are none that a channel could know for the same call.
    ['behind tracing: a call, and each attempt after the first', true, 3],
  ])('%s', async (_what, alsoAbove, spans) => {
    let failures = 2;
    const rig = await echo.start({
      clientChain: (tracing) => (alsoAbove ? [tracing, retrying(3)] : [retrying(3)]),
      handlers: {
        Unary(call, callback) {
          if (failures-- > 0) callback({ code: status.UNAVAILABLE, details: 'try again' });
          else callback(null, call.request);
        },
      },
    });
    const channel = tracingChannel(channelTo(rig), { tracerProvider: rig.clientTelemetry.provider });
    const client = clientOn(channel, { interceptors: rig.clientInterceptors });
    expect(await invoke(client, 'Unary').result).toMatchObject({ code: status.OK });
    await rig.serverTelemetry.spans(3);
    expect((await rig.clientTelemetry.spans(spans)).length).toBe(spans);
  });
});

describe('a traced channel', () => {
  it('answers as the channel that it is made of, and is of its class', async () => {
    const rig = await echo.start();
    const channel = channelTo(rig);
    const traced = tracingChannel(channel);
    expect(traced).toBeInstanceOf(grpc.Channel);
    expect(traced.constructor).toBe(grpc.Channel);
    expect(traced.getTarget()).toBe(channel.getTarget());
    expect(traced.getChannelzRef()).toEqual(channel.getChannelzRef());
    expect(traced.getConnectivityState(false)).toBe(grpc.connectivityState.IDLE);
    const changed = new Promise<Error | undefined>((resolve) =>
      traced.watchConnectivityState(grpc.connectivityState.IDLE, Infinity, resolve),
    );
    traced.getConnectivityState(true);
    expect(await changed).toBeUndefined();
    traced.close();
    expect(channel.getConnectivityState(false)).toBe(grpc.connectivityState.SHUTDOWN);
    expect(() => clientOn(traced).Unary({}, () => undefined)).toThrow('Channel has been shut down');
  });

  it('hands all that it is asked for a call on', async () => {
    const rig = await echo.start();
    const parent = { parent: true };
    const asked: unknown[] = [];
    const watched: grpc.ChannelInterface = {
      ...handWrittenTo(rig),
      createCall: (...args) => {
        asked.push(args);
        return NO_CALL;
      },
    };
    // Nobody looks at it.
    const args = ['/test.Echo/Unary', 5, 'host', parent as never, 3] as const;
    tracingChannel(watched).createCall(...args);
    tracingChannel(watched, { tracerProvider: rig.clientTelemetry.provider }).createCall(...args);
    expect(asked).toEqual([args, args]);
    expect(rig.clientTelemetry.startedCount).toBe(0);
  });

  it('gives calls that hand everything on: number, peer, credentials, authentication', async () => {
    const rig = await echo.start();
    const seen: unknown[] = [];
    const channel: grpc.ChannelInterface = {
      ...handWrittenTo(rig),
      createCall: () => ({
        ...NO_CALL,
        getCallNumber: () => 7,
        getPeer: () => 'peer:1',
        getAuthContext: () => ({ transportSecurityType: 'ssl' }),
        setCredentials: (credentials) => seen.push(credentials),
        cancelWithStatus: (...args) => seen.push(args),
        startRead: () => seen.push('read'),
        halfClose: () => seen.push('half-closed'),
      }),
    };
    const traced = tracingChannel(channel, { tracerProvider: rig.clientTelemetry.provider });
    const call = traced.createCall('/test.Echo/Unary', Infinity, undefined, null, undefined);
    const credentials = grpc.CallCredentials.createEmpty();
    expect([call.getCallNumber(), call.getPeer(), call.getAuthContext()]).toEqual([
      7,
      'peer:1',
      { transportSecurityType: 'ssl' },
    ]);
    call.setCredentials(credentials);
    call.startRead();
    call.halfClose();
    call.cancelWithStatus(status.ABORTED, 'by me');
    expect(seen).toEqual([credentials, 'read', 'half-closed', [status.ABORTED, 'by me']]);
  });

  it.each<[what: string, make: (rig: EchoRig) => grpc.ChannelInterface]>([
    ['of grpc-js', channelTo],
    ['a plain object', handWrittenTo],
    ['frozen', (rig) => Object.freeze(handWrittenTo(rig))],
    ['of a class with private fields', (rig) => new PrivateChannel(channelTo(rig))],
    ['one with members that its interface does not have', (rig) => Object.assign(handWrittenTo(rig), { pool: 3 })],
  ])('traces a channel that is %s', async (_what, make) => {
    const rig = await echo.start();
    const channel = make(rig);
    const traced = tracingChannel(channel, { tracerProvider: rig.clientTelemetry.provider });
    expect(await invoke(clientOn(traced), 'Bidi').result).toMatchObject({ code: status.OK });
    expect((await rig.clientTelemetry.spans(1)).map(plainSpan)).toEqual([expectedSpan('client', 'Bidi', OK, rig.port)]);
    expect(traced.getTarget()).toBe(channel.getTarget());
    expect(Reflect.get(traced, 'pool')).toBe(Reflect.get(channel, 'pool'));
    expect('pool' in traced).toBe('pool' in channel);
  });

  it('is set what its channel is set', async () => {
    const rig = await echo.start();
    const channel = channelTo(rig);
    const traced = tracingChannel(channel);
    Object.assign(traced, { tag: 'mine' });
    expect(Reflect.get(channel, 'tag')).toBe('mine');
  });

  it('lets the error of a channel that makes no call pass', async () => {
    const rig = await echo.start();
    const failing: grpc.ChannelInterface = {
      ...handWrittenTo(rig),
      createCall: () => {
        throw new Error('no call today');
      },
    };
    const client = clientOn(tracingChannel(failing, { tracerProvider: rig.clientTelemetry.provider }));
    expect(() => client.Unary({}, () => undefined)).toThrow('no call today');
    expect(rig.clientTelemetry.startedCount).toBe(0);
    // And the chain that it was made in is over.
    const other = clientOn(tracingChannel(channelTo(rig), { tracerProvider: rig.clientTelemetry.provider }));
    await invoke(other, 'Unary').result;
    expect((await rig.clientTelemetry.spans(1)).length).toBe(1);
  });

  it.each<[shown: string, given: unknown]>([
    ['undefined', undefined],
    ['null', null],
    ["'localhost:1'", 'localhost:1'],
    ['{}', {}],
    ['{ createCall: true }', { createCall: true }],
  ])('is not made of %s', (shown, given) => {
    expect(() => tracingChannel(given as grpc.Channel)).toThrow(
      new TypeError(`tracingChannel: expected a channel, got ${shown}`),
    );
  });

  it('is not made with wrong options', async () => {
    const channel = channelTo(await echo.start());
    expect(() => tracingChannel(channel, { sampled: true } as object)).toThrow("unknown option 'sampled'");
  });
});

/** Its methods fail on any other object than itself. */
class PrivateChannel implements grpc.ChannelInterface {
  readonly #channel: grpc.ChannelInterface;

  constructor(channel: grpc.ChannelInterface) {
    this.#channel = channel;
  }

  close(): void {
    this.#channel.close();
  }

  getTarget(): string {
    return this.#channel.getTarget();
  }

  getConnectivityState(tryToConnect: boolean): grpc.connectivityState {
    return this.#channel.getConnectivityState(tryToConnect);
  }

  watchConnectivityState(...args: Parameters<grpc.ChannelInterface['watchConnectivityState']>): void {
    this.#channel.watchConnectivityState(...args);
  }

  getChannelzRef(): ReturnType<grpc.ChannelInterface['getChannelzRef']> {
    return this.#channel.getChannelzRef();
  }

  createCall(
    ...args: Parameters<grpc.ChannelInterface['createCall']>
  ): ReturnType<grpc.ChannelInterface['createCall']> {
    return this.#channel.createCall(...args);
  }
}

const NOTHING = (): void => undefined;

const NO_CALL: ReturnType<grpc.ChannelInterface['createCall']> = {
  start: NOTHING,
  cancelWithStatus: NOTHING,
  sendMessageWithContext: NOTHING,
  halfClose: NOTHING,
  startRead: NOTHING,
  setCredentials: NOTHING,
  getPeer: () => '',
  getCallNumber: () => 0,
  getAuthContext: () => null,
};
