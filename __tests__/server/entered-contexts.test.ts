import { Metadata, ServerInterceptingCall, type ServerInterceptor } from '@grpc/grpc-js';
import { context, createContextKey, propagation, ROOT_CONTEXT, type Context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AlwaysOffSampler, AlwaysOnSampler, type Sampler } from '@opentelemetry/sdk-trace-node';
import type { EventEmitter } from 'node:events';
import { invoke, SHAPES, type Shape } from '../../tools/invoke.js';
import { activeSpanId, allIn, party, Sightings } from '../helpers/async-context.js';
import { useEcho, type EchoMethods, type EchoRig, type EchoSetup } from '../helpers/echo.js';
import { keepingServer } from '../helpers/keeping.js';
import { callsOver } from '../helpers/sides.js';
import { Telemetry } from '../helpers/telemetry.js';
import { WeaklyHeld } from '../helpers/weakly-held.js';

/** Counts how often a context is entered. */
class CountingManager extends AsyncLocalStorageContextManager {
  count = 0;

  override with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    entered: Context,
    fn: F,
    thisArg?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    this.count++;
    return super.with(entered, fn, thisArg, ...args);
  }
}

let manager = new CountingManager();
beforeAll(() => {
  manager = new CountingManager();
  context.setGlobalContextManager(manager.enable());
});
afterAll(() => {
  context.disable();
});

const echo = useEcho();

const TENANT = createContextKey('tenant');

function tenant(): string {
  const active = context.active().getValue(TENANT);
  return typeof active === 'string' ? active : 'nobody';
}

type Enter = (active: Context, metadata: Metadata) => Context;

const TENANT_OF_THE_CALL: Enter = (active, metadata) => active.setValue(TENANT, String(metadata.get('tenant')[0]));

/** Enters a context to hand the metadata on, and for no other event. */
function entering(enter: Enter, when: (hand: () => void) => void = (hand) => hand()): ServerInterceptor {
  return (_method, call) =>
    new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, pass) =>
            when(() => context.with(enter(context.active(), metadata), pass, undefined, metadata)),
        }),
    });
}

const EVENTS: Readonly<Record<Shape, readonly string[]>> = {
  Unary: ['handler', 'setImmediate', 'cancelled'],
  ClientStream: ['handler', 'setImmediate', 'data', 'end', 'cancelled'],
  ServerStream: ['handler', 'setImmediate', 'finish', 'cancelled'],
  Bidi: ['handler', 'setImmediate', 'data', 'end', 'finish', 'cancelled'],
};

const metadataOf = (name: string): Metadata => {
  const metadata = new Metadata();
  metadata.set('tenant', name);
  return metadata;
};

/** Handlers that note what is active at each event of the call of a tenant. */
function watching(sightingsOf: (name: string) => Sightings | undefined): Required<EchoMethods> {
  const watch = (call: EventEmitter & { metadata: Metadata }): void => {
    const sightings = sightingsOf(String(call.metadata.get('tenant')[0]));
    sightings?.note('handler');
    setImmediate(() => sightings?.note('setImmediate'));
    sightings?.listen(call, ['data', 'end', 'finish', 'cancelled']);
  };
  return {
    Unary(call, callback) {
      watch(call);
      setImmediate(() => callback(null, call.request));
    },
    ClientStream(call, callback) {
      watch(call);
      call.on('end', () => callback(null, {}));
    },
    ServerStream(call) {
      watch(call);
      call.end();
    },
    Bidi(call) {
      watch(call);
      call.on('end', () => call.end());
    },
  };
}

const watchingAll = (sightings: Sightings): Required<EchoMethods> => watching(() => sightings);

const seenByTenant = (): Sightings => new Sightings(() => `${tenant()} ${activeSpanId()}`);

async function spanIdOf(rig: EchoRig): Promise<string> {
  const [span] = await rig.serverTelemetry.spans(1);
  return String(span?.spanContext().spanId);
}

describe('what an interceptor behind tracing enters to hand the metadata on', () => {
  const WAYS: readonly (readonly [string, ((hand: () => void) => void)?])[] = [
    ['at once'],
    ['later', (hand) => void setImmediate(hand)],
  ];

  it.each(SHAPES.flatMap((shape) => WAYS.map(([way, when]) => [shape, way, when] as const)))(
    '%s, %s: concurrent handlers and their events run in it, in their own spans',
    async (shape, _way, when) => {
      const names = ['one', 'two', 'three'];
      const sightings = new Map(names.map((name) => [name, seenByTenant()]));
      const rig = await echo.start({
        handlers: watching((name) => sightings.get(name)),
        serverTracing: { attributes: (_rpc, metadata) => ({ tenant: String(metadata.get('tenant')[0]) }) },
        serverChain: (tracing) => [tracing, entering(TENANT_OF_THE_CALL, when)],
      });
      await Promise.all(names.map((name) => invoke(rig.client, shape, { metadata: metadataOf(name) }).result));
      for (const span of await rig.serverTelemetry.spans(names.length)) {
        const name = String(span.attributes['tenant']);
        expect(await sightings.get(name)?.of(EVENTS[shape])).toEqual(
          allIn(`${name} ${span.spanContext().spanId}`, EVENTS[shape]),
        );
      }
    },
  );

  it.each(SHAPES)('%s: of several interceptors all is kept', async (shape) => {
    const other = createContextKey('other');
    const sightings = new Sightings(() => `${tenant()} ${String(context.active().getValue(other))}`);
    const rig = await echo.start({
      handlers: watchingAll(sightings),
      serverChain: (tracing) => [
        tracing,
        entering(TENANT_OF_THE_CALL),
        entering((active) => active.setValue(other, tenant())),
      ],
    });
    await invoke(rig.client, shape, { metadata: metadataOf('one') }).result;
    expect(await sightings.of(EVENTS[shape])).toEqual(allIn('one one', EVENTS[shape]));
  });

  it.each(SHAPES)('%s: what one enters for a message is of that message', async (shape) => {
    const sightings = seenByTenant();
    const perMessage: ServerInterceptor = (_method, call) =>
      new ServerInterceptingCall(call, {
        start: (next) =>
          next({
            onReceiveMessage: (message, pass) =>
              context.with(context.active().setValue(TENANT, 'a message'), pass, undefined, message),
          }),
      });
    const rig = await echo.start({
      handlers: watchingAll(sightings),
      serverChain: (tracing) => [tracing, entering(TENANT_OF_THE_CALL), perMessage],
    });
    await invoke(rig.client, shape, { metadata: metadataOf('one') }).result;
    const events = EVENTS[shape].filter((event) => event !== 'data');
    expect(await sightings.of(events)).toEqual(allIn(`one ${await spanIdOf(rig)}`, events));
  });

  it.each(SHAPES)('%s: in a call that is left out, below its caller’s span', async (shape) => {
    const caller = party(1);
    const sightings = seenByTenant();
    const rig = await echo.start({
      handlers: watchingAll(sightings),
      clientTracing: { filter: () => false },
      serverTracing: { filter: () => false },
      serverChain: (tracing) => [tracing, entering(TENANT_OF_THE_CALL)],
    });
    await caller.run(() => invoke(rig.client, shape, { metadata: metadataOf('one') }).result);
    expect(await sightings.of(EVENTS[shape])).toEqual(allIn(`one ${caller.spanId}`, EVENTS[shape]));
  });
});

// As one does that waits for what another call has asked for.
describe('an interceptor behind tracing that hands the metadata on in the context of another call', () => {
  // The handler of a streamed request runs at once, in what was entered.
  const SHAPES_READ_FIRST = ['Unary', 'ServerStream'] as const;

  it.each(SHAPES_READ_FIRST)('%s: the handler runs in its own', async (shape) => {
    const sightings = seenByTenant();
    const rig = await echo.start({
      handlers: watchingAll(sightings),
      serverChain: (tracing) => [tracing, entering(() => party(2).context.setValue(TENANT, 'another'))],
    });
    await invoke(rig.client, shape).result;
    expect(await sightings.of(EVENTS[shape])).toEqual(allIn(`nobody ${await spanIdOf(rig)}`, EVENTS[shape]));
  });

  it.each(SHAPES_READ_FIRST)('%s: so it does where there is no span', async (shape) => {
    const sightings = new Sightings(
      () => `${tenant()} ${String(propagation.getActiveBaggage()?.getEntry('of')?.value)}`,
    );
    const rig = await echo.start({
      handlers: watchingAll(sightings),
      clientTracing: { filter: () => false },
      serverTracing: { filter: () => false },
      serverChain: (tracing) => [tracing, entering(() => ROOT_CONTEXT.setValue(TENANT, 'another'))],
    });
    const baggage = propagation.createBaggage({ of: { value: 'its caller' } });
    await context.with(propagation.setBaggage(ROOT_CONTEXT, baggage), () => invoke(rig.client, shape).result);
    expect(await sightings.of(EVENTS[shape])).toEqual(allIn('nobody its caller', EVENTS[shape]));
  });
});

it('a read that is asked for before the call has begun is not the one that tells', async () => {
  const sightings = seenByTenant();
  const before: ServerInterceptor = (_method, call) => new ServerInterceptingCall(call);
  const reading: ServerInterceptor = (method, call) => {
    call.startRead();
    return entering(TENANT_OF_THE_CALL)(method, call);
  };
  const rig = await party(3).run(() =>
    echo.start({ handlers: watchingAll(sightings), serverChain: (tracing) => [before, tracing, reading] }),
  );
  await invoke(rig.client, 'Unary', { metadata: metadataOf('one') }).result;
  expect(await sightings.of(EVENTS.Unary)).toEqual(allIn(`one ${await spanIdOf(rig)}`, EVENTS.Unary));
});

/** Of the request of one message nothing runs before the half-close, unless an interceptor is there to run. */
it.each<[shape: Shape, alone: number, behindTracing: number]>([
  ['Unary', 2, 4],
  ['ClientStream', 5, 5],
  ['ServerStream', 2, 4],
  ['Bidi', 5, 5],
])('%s: a context is entered %i times, with an interceptor behind tracing %i times', async (shape, ...expected) => {
  const passing: ServerInterceptor = (_method, call) => new ServerInterceptingCall(call);
  const chains: readonly NonNullable<EchoSetup['serverChain']>[] = [
    (tracing) => [tracing],
    (tracing) => [tracing, passing],
  ];
  const counts: number[] = [];
  for (const serverChain of chains) {
    const rig = await echo.start({ clientChain: () => [], serverChain });
    manager.count = 0;
    await invoke(rig.client, shape).result;
    await callsOver(rig);
    counts.push(manager.count);
  }
  expect(counts).toEqual(expected);
});

describe.each<[string, Sampler]>([
  ['a span', new AlwaysOnSampler()],
  ['a span that is not sampled', new AlwaysOffSampler()],
])('whoever keeps a call after its end does not keep what was entered: with %s', (_what, sampler) => {
  it.each(SHAPES)('%s', async (shape) => {
    const values = new WeaklyHeld();
    const kept: unknown[] = [];
    const rig = await echo.start({
      serverTelemetry: new Telemetry(sampler),
      serverChain: (tracing) => [
        tracing,
        keepingServer(kept),
        entering((active) => {
          const value = {};
          values.add(value);
          return active.setValue(TENANT, value);
        }),
      ],
    });
    await invoke(rig.client, shape).result;
    await callsOver(rig);
    expect(values.addedCount).toBe(1);
    expect(await values.heldCount()).toBe(0);
    expect(kept).toHaveLength(1);
  });

  it('nor what is active where a read is asked for after the end', async () => {
    const values = new WeaklyHeld();
    const kept: unknown[] = [];
    const reads: (() => void)[] = [];
    const late: ServerInterceptor = (_method, call) => {
      kept.push(call);
      return new ServerInterceptingCall(call, {
        start: (next) =>
          next({
            onReceiveMetadata(metadata, pass) {
              const value = {};
              values.add(value);
              reads.push(context.bind(context.active().setValue(TENANT, value), () => call.startRead()));
              pass(metadata);
            },
          }),
      });
    };
    const rig = await echo.start({
      serverTelemetry: new Telemetry(sampler),
      serverChain: (tracing) => [tracing, late],
      // Reads nothing.
      handlers: { Bidi: (call) => void call.end() },
    });
    await invoke(rig.client, 'Bidi').result;
    await callsOver(rig);
    reads.splice(0).forEach((read) => read());
    expect(values.addedCount).toBe(1);
    expect(await values.heldCount()).toBe(0);
    expect(kept).toHaveLength(1);
  });
});
