import { ServerInterceptingCall, type ServerInterceptor } from '@grpc/grpc-js';
import {
  context,
  createContextKey,
  propagation,
  ROOT_CONTEXT,
  trace,
  type TextMapPropagator,
} from '@opentelemetry/api';
import type { Writable } from 'node:stream';
import { assertChildOf } from 'grpc-js-opentelemetry/testing';
import { invoke, SHAPES, type Shape } from '../../tools/invoke.js';
import {
  activeSpanId,
  allIn,
  fill,
  party,
  serverSpanIdOf,
  Sightings,
  useContextManager,
  type Party,
} from '../helpers/async-context.js';
import { useEcho, type EchoMethods, type EchoRig } from '../helpers/echo.js';
import { behave, type Behaviour } from '../helpers/echo-handlers.js';

useContextManager();
const echo = useEcho();

const CALLERS = [party(1), party(2), party(3)];
const STRANGER = party(99);

describe('on the server', () => {
  const IN_EVERY_HANDLER = ['handler', 'await', 'setTimeout', 'setImmediate', 'cancelled'];
  const WRITING = ['write callback', 'drain', 'finish', 'close'];
  const EVENTS: Readonly<Record<Shape, readonly string[]>> = {
    Unary: IN_EVERY_HANDLER,
    ClientStream: [...IN_EVERY_HANDLER, 'data', 'end', 'close'],
    ServerStream: [...IN_EVERY_HANDLER, ...WRITING],
    Bidi: [...IN_EVERY_HANDLER, 'data', 'end', ...WRITING],
  };

  /** Handlers that note what is active at every event of their call. */
  function watching(sightings: Sightings): Required<EchoMethods> {
    const enter = async (call: Parameters<Sightings['listen']>[0], shape: Shape): Promise<void> => {
      sightings.note('handler');
      sightings.listen(
        call,
        EVENTS[shape].filter((event) => ['data', 'end', 'cancelled', 'close', 'drain', 'finish'].includes(event)),
      );
      call.on('error', () => sightings.note('error'));
      setTimeout(() => sightings.note('setTimeout'), 0);
      setImmediate(() => sightings.note('setImmediate'));
      await Promise.resolve();
      sightings.note('await');
    };
    const write = (call: Writable): void => {
      call.once('drain', () => call.end());
      fill(call, () => sightings.note('write callback'));
    };
    return {
      Unary(call, callback) {
        void enter(call, 'Unary');
        setImmediate(() => callback(null, call.request));
      },
      ClientStream(call, callback) {
        void enter(call, 'ClientStream');
        call.on('end', () => callback(null, { text: 'done' }));
      },
      ServerStream(call) {
        void enter(call, 'ServerStream');
        write(call);
      },
      Bidi(call) {
        void enter(call, 'Bidi');
        call.on('end', () => write(call));
      },
    };
  }

  /** The handlers of each caller's calls; the caller names itself in the metadata. */
  function watchingEach(sightings: ReadonlyMap<string, Sightings>): Required<EchoMethods> {
    const handlersOf = ({ metadata }: { metadata: { get(key: string): unknown[] } }): Required<EchoMethods> =>
      watching(sightings.get(String(metadata.get('caller')[0])) ?? new Sightings());
    return {
      Unary: (call, callback) => handlersOf(call).Unary(call, callback),
      ClientStream: (call, callback) => handlersOf(call).ClientStream(call, callback),
      ServerStream: (call) => handlersOf(call).ServerStream(call),
      Bidi: (call) => handlersOf(call).Bidi(call),
    };
  }

  function callAs(caller: Party, rig: EchoRig, shape: Shape, behaviour: Behaviour = 'ok'): ReturnType<typeof invoke> {
    const metadata = behave(behaviour);
    metadata.set('caller', caller.spanId);
    return caller.run(() => invoke(rig.client, shape, { metadata }));
  }

  it.each(SHAPES)(
    "concurrent %s calls: each handler and its events run in their own SERVER span's context",
    async (shape) => {
      const sightings = new Map(CALLERS.map(({ spanId }) => [spanId, new Sightings()]));
      const rig = await echo.start({ handlers: watchingEach(sightings) });
      await Promise.all(CALLERS.map((caller) => callAs(caller, rig, shape).result));
      for (const caller of CALLERS) {
        expect(await sightings.get(caller.spanId)?.of(EVENTS[shape])).toEqual(
          allIn(await serverSpanIdOf(rig, caller), EVENTS[shape]),
        );
      }
    },
  );

  it.each(['ServerStream', 'Bidi'] as const)('%s: the error event and what follows it', async (shape) => {
    const events = ['error', 'finish', 'close', 'cancelled'];
    const sightings = new Sightings();
    const fail: EchoMethods['ServerStream'] & EchoMethods['Bidi'] = (call: Writable) => {
      sightings.listen(call, events);
      setImmediate(() => call.emit('error', new Error('emitted')));
    };
    const rig = await echo.start({ handlers: { ServerStream: fail, Bidi: fail } });
    await CALLERS[0]?.run(() => invoke(rig.client, shape).result);
    const [span] = await rig.serverTelemetry.spans(1);
    expect(await sightings.of(events)).toEqual(allIn(String(span?.spanContext().spanId), events));
  });

  it.each(SHAPES)('%s: `cancelled` of a call that the client cancels', async (shape) => {
    const events = ['cancelled'];
    const sightings = new Sightings();
    const hang = (call: Parameters<Sightings['listen']>[0]): void => sightings.listen(call, events);
    const rig = await echo.start({ handlers: { Unary: hang, ClientStream: hang, ServerStream: hang, Bidi: hang } });
    const { call, result } = invoke(rig.client, shape, { keepOpen: true });
    await rig.serverTelemetry.started(1);
    call.cancel();
    await result;
    const [span] = await rig.serverTelemetry.spans(1);
    expect(await sightings.of(events)).toEqual(allIn(String(span?.spanContext().spanId), events));
  });

  it.each(['ClientStream', 'Bidi'] as const)(
    '%s: `end`, when the client ends long after its last message',
    async (shape) => {
      const events = ['end'];
      const sightings = new Sightings();
      let sawMessage = (): void => undefined;
      const messageSeen = new Promise<void>((resolve) => {
        sawMessage = resolve;
      });
      const rig = await echo.start({
        handlers: {
          ClientStream(call, callback) {
            sightings.listen(call, events);
            call.on('data', sawMessage);
            call.on('end', () => callback(null, {}));
          },
          Bidi(call) {
            sightings.listen(call, events);
            call.on('data', sawMessage);
            call.on('end', () => call.end());
          },
        },
      });
      const call = shape === 'Bidi' ? rig.client.Bidi().resume() : rig.client.ClientStream(() => undefined);
      const over = new Promise((resolve) => call.on('status', resolve));
      call.write({ text: 'only' });
      await messageSeen;
      call.end();
      await over;
      const [span] = await rig.serverTelemetry.spans(1);
      expect(await sightings.of(events)).toEqual(allIn(String(span?.spanContext().spanId), events));
    },
  );

  const LISTENER_EVENTS = ['metadata', 'message', 'half close', 'cancel'];

  it.each(SHAPES)('%s: the listener of an interceptor behind tracing', async (shape) => {
    const sightings = new Sightings();
    const behind: ServerInterceptor = (_method, call) =>
      new ServerInterceptingCall(call, {
        start: (next) =>
          next({
            onReceiveMetadata: (metadata, pass) => {
              sightings.note('metadata');
              pass(metadata);
            },
            onReceiveMessage: (message, pass) => {
              sightings.note('message');
              pass(message);
            },
            onReceiveHalfClose: (pass) => {
              sightings.note('half close');
              pass();
            },
            onCancel: () => sightings.note('cancel'),
          }),
      });
    const rig = await echo.start({ serverChain: (tracing) => [tracing, behind] });
    await invoke(rig.client, shape).result;
    const [span] = await rig.serverTelemetry.spans(1);
    expect(await sightings.of(LISTENER_EVENTS)).toEqual(allIn(String(span?.spanContext().spanId), LISTENER_EVENTS));
  });

  it.each(SHAPES)('%s: an interceptor before tracing hands each event on in a context of its own', async (shape) => {
    class StrangersCall extends ServerInterceptingCall {
      override start(listener: Parameters<ServerInterceptingCall['start']>[0]): void {
        super.start({
          onReceiveMetadata: (metadata) => STRANGER.run(() => listener.onReceiveMetadata(metadata)),
          onReceiveMessage: (message) => STRANGER.run(() => listener.onReceiveMessage(message)),
          onReceiveHalfClose: () => STRANGER.run(() => listener.onReceiveHalfClose()),
          onCancel: () => STRANGER.run(() => listener.onCancel()),
        });
      }
    }
    const sightings = new Sightings();
    const rig = await echo.start({
      handlers: watching(sightings),
      serverChain: (tracing) => [(_method, call) => new StrangersCall(call), tracing],
    });
    await invoke(rig.client, shape).result;
    const [span] = await rig.serverTelemetry.spans(1);
    expect(await sightings.of(EVENTS[shape])).toEqual(allIn(String(span?.spanContext().spanId), EVENTS[shape]));
  });

  const TENANT = createContextKey('tenant');
  /** Carries a context value that is neither span nor baggage. */
  const tenantPropagator: TextMapPropagator = {
    inject: (from, carrier, setter) => setter.set(carrier, 'x-tenant', String(from.getValue(TENANT))),
    extract: (into, carrier, getter) => into.setValue(TENANT, getter.get(carrier, 'x-tenant')),
    fields: () => ['x-tenant'],
  };

  it.each(SHAPES)('%s: baggage reaches the handler', async (shape) => {
    const seen: unknown[] = [];
    const rig = await echo.start({
      handlers: seeing(() => seen.push(propagation.getActiveBaggage()?.getAllEntries())),
    });
    const baggage = propagation.createBaggage({ tenant: { value: 'é 1' } });
    await context.with(propagation.setBaggage(ROOT_CONTEXT, baggage), () => invoke(rig.client, shape).result);
    expect(seen).toEqual([[['tenant', { value: 'é 1' }]]]);
  });

  it.each(SHAPES)('%s: whatever else a propagator extracts reaches the handler', async (shape) => {
    const seen: unknown[] = [];
    const rig = await echo.start({
      serverTracing: { propagator: tenantPropagator },
      clientTracing: { propagator: tenantPropagator },
      handlers: seeing(() => seen.push(context.active().getValue(TENANT))),
    });
    await context.with(ROOT_CONTEXT.setValue(TENANT, 'one'), () => invoke(rig.client, shape).result);
    expect(seen).toEqual(['one']);
  });

  /** Handlers that look once and answer. */
  function seeing(look: () => void): Required<EchoMethods> {
    return {
      Unary(call, callback) {
        look();
        callback(null, call.request);
      },
      ClientStream(call, callback) {
        look();
        call.resume().on('end', () => callback(null, {}));
      },
      ServerStream(call) {
        look();
        call.end();
      },
      Bidi(call) {
        look();
        call.resume().on('end', () => call.end());
      },
    };
  }
});

it('a server that was started inside a span: its calls are none of that span’s', async () => {
  const seen: string[] = [];
  const rig = await STRANGER.run(() =>
    echo.start({
      clientChain: () => [],
      handlers: {
        Unary(call, callback) {
          seen.push(activeSpanId());
          callback(null, call.request);
        },
      },
    }),
  );
  await invoke(rig.client, 'Unary').result;
  const [span] = await rig.serverTelemetry.spans(1);
  expect(span?.parentSpanContext).toBeUndefined();
  expect(seen).toEqual([span?.spanContext().spanId]);
});

describe('spans of other tracers', () => {
  it('a span that a handler starts and activates does not outlive its callback', async () => {
    const seen: string[] = [];
    const rig = await echo.start({
      handlers: {
        ClientStream(call, callback) {
          const own = activeSpanId();
          const tracer = rig.serverTelemetry.provider.getTracer('application');
          tracer.startActiveSpan('work', (span) => {
            call.on('data', () => seen.push(activeSpanId() === own ? 'SERVER span' : 'another'));
            span.end();
          });
          call.on('end', () => callback(null, {}));
        },
      },
    });
    await invoke(rig.client, 'ClientStream').result;
    const [work, server] = await rig.serverTelemetry.spans(2);
    assertChildOf(work, server);
    expect(seen).toEqual(['SERVER span', 'SERVER span']);
    expect(trace.getActiveSpan()).toBeUndefined();
  });
});
