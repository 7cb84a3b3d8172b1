import { InterceptingCall, type Interceptor } from '@grpc/grpc-js';
import type { Readable, Writable } from 'node:stream';
import type { EchoClient } from '../../protos/types/test/Echo';
import { invoke, SHAPES, type Shape } from '../../tools/invoke.js';
import {
  activeSpanId,
  allIn,
  fill,
  party,
  Sightings,
  useContextManager,
  type Party,
} from '../helpers/async-context.js';
import { CLIENT_TRACING, useEcho } from '../helpers/echo.js';
import { behave, type Behaviour } from '../helpers/echo-handlers.js';

useContextManager();
const echo = useEcho();

const CALLERS = [party(1), party(2), party(3)];
const STRANGER = party(99);

const READING = ['data', 'end', 'close'];
const EVENTS: Readonly<Record<Shape, readonly string[]>> = {
  Unary: ['metadata', 'callback', 'status'],
  ClientStream: ['metadata', 'callback', 'status'],
  ServerStream: ['metadata', 'status', ...READING],
  Bidi: ['metadata', 'status', ...READING],
};
const WRITING = ['write callback', 'end callback', 'drain', 'finish'];

interface Observed {
  readonly call: { cancel(): void };
  readonly sightings: Sightings;
}

/** Makes a call as the caller and notes what is active at its events. */
function observe(caller: Party, client: EchoClient, shape: Shape, behaviour: Behaviour = 'ok'): Observed {
  const sightings = new Sightings();
  const callback = (): void => sightings.note('callback');
  const read = (call: Readable): void => sightings.listen(call, ['metadata', 'status', 'error', ...READING]);
  const write = (call: Writable): void => {
    sightings.listen(call, ['drain', 'finish']);
    call.once('drain', () => caller.run(() => call.end(() => sightings.note('end callback'))));
    fill(call, () => sightings.note('write callback'));
  };
  const call = caller.run(() => {
    switch (shape) {
      case 'Unary': {
        const unary = client.Unary({ text: 'hello' }, behave(behaviour), callback);
        sightings.listen(unary, ['metadata', 'status']);
        return unary;
      }
      case 'ClientStream': {
        const stream = client.ClientStream(behave(behaviour), callback);
        sightings.listen(stream, ['metadata', 'status', 'close']);
        write(stream);
        return stream;
      }
      case 'ServerStream': {
        const stream = client.ServerStream({ text: 'hello' }, behave(behaviour));
        read(stream);
        return stream;
      }
      case 'Bidi': {
        const stream = client.Bidi(behave(behaviour));
        read(stream);
        write(stream);
        return stream;
      }
    }
  });
  return { call, sightings };
}

async function expectOwn(
  callers: readonly Party[],
  observed: readonly Observed[],
  events: readonly string[],
): Promise<void> {
  expect(await Promise.all(observed.map(({ sightings }) => sightings.of(events)))).toEqual(
    callers.map(({ spanId }) => allIn(spanId, events)),
  );
}

it.each(SHAPES)('%s: an interceptor behind tracing hands each event on in a context of its own', async (shape) => {
  const behind: Interceptor = (options, nextCall) =>
    new InterceptingCall(nextCall(options), {
      start: (metadata, _listener, next) =>
        next(metadata, {
          onReceiveMetadata: (received, pass) => STRANGER.run(() => pass(received)),
          onReceiveMessage: (message, pass) => STRANGER.run(() => pass(message)),
          onReceiveStatus: (status, pass) => STRANGER.run(() => pass(status)),
        }),
    });
  const rig = await echo.start({ clientChain: (tracing) => [tracing, behind] });
  const observed = CALLERS.map((caller) => observe(caller, rig.client, shape));
  await expectOwn(CALLERS, observed, EVENTS[shape]);
});

describe.each(CLIENT_TRACING)('on the client, traced by the %s', (clientTracedBy) => {
  it.each(SHAPES)(
    'concurrent %s calls that wait for one connection: each in its own caller’s context',
    async (shape) => {
      const rig = await echo.start({ clientTracedBy });
      const observed = CALLERS.map((caller) => observe(caller, rig.client, shape));
      await expectOwn(CALLERS, observed, EVENTS[shape]);
    },
  );

  it.each(SHAPES)('concurrent %s calls on the connection of another caller', async (shape) => {
    const rig = await echo.start({ clientTracedBy });
    await STRANGER.run(() => invoke(rig.client, 'Unary').result);
    const observed = CALLERS.map((caller) => observe(caller, rig.client, shape));
    await expectOwn(CALLERS, observed, EVENTS[shape]);
  });

  it.each<[Shape, readonly string[]]>([
    ['ClientStream', [...WRITING, 'close']],
    ['Bidi', WRITING],
  ])('%s: callbacks of writes on a connection that is there', async (shape, events) => {
    const rig = await echo.start({ clientTracedBy });
    await STRANGER.run(() => invoke(rig.client, 'Unary').result);
    const observed = CALLERS.map((caller) => observe(caller, rig.client, shape));
    await expectOwn(CALLERS, observed, events);
  });

  it.each<[Shape, readonly string[]]>([
    ['ClientStream', [...WRITING, 'close']],
    ['Bidi', WRITING],
  ])('%s: callbacks of writes that wait for a connection', async (shape, events) => {
    const rig = await echo.start({ clientTracedBy });
    const observed = CALLERS.map((caller) => observe(caller, rig.client, shape));
    await expectOwn(CALLERS, observed, events);
  });

  it.each<[Shape, readonly string[]]>([
    ['Unary', ['callback', 'status']],
    ['ClientStream', ['callback', 'status']],
    ['ServerStream', ['error', 'status', 'end', 'close']],
    ['Bidi', ['error', 'status', 'end', 'close']],
  ])('concurrent %s calls that fail', async (shape, events) => {
    const rig = await echo.start({ clientTracedBy });
    const observed = CALLERS.map((caller) => observe(caller, rig.client, shape, 'code 5'));
    await expectOwn(CALLERS, observed, events);
  });

  it.each<[Shape, readonly string[]]>([
    ['Unary', ['callback', 'status']],
    ['ClientStream', ['callback', 'status']],
    ['ServerStream', ['error', 'status']],
    ['Bidi', ['error', 'status']],
  ])('a %s call that somebody else cancels', async (shape, events) => {
    const rig = await echo.start({ clientTracedBy });
    const observed = CALLERS.map((caller) => observe(caller, rig.client, shape, 'hang'));
    await rig.serverTelemetry.started(CALLERS.length);
    STRANGER.run(() => observed.forEach(({ call }) => call.cancel()));
    await expectOwn(CALLERS, observed, events);
  });

  it.each(SHAPES)(
    '%s: a span that a callback starts is the child of the caller’s, not of the CLIENT span',
    async (shape) => {
      const rig = await echo.start({ clientTracedBy });
      const tracer = rig.clientTelemetry.provider.getTracer('application');
      await STRANGER.run(() => invoke(rig.client, 'Unary').result);
      const [caller = STRANGER] = CALLERS;
      const { call } = caller.run(() => invoke(rig.client, shape));
      await new Promise<void>((resolve) => {
        // Every kind of client call emits it.
        (call as unknown as Readable).on('status', () => {
          tracer.startSpan('afterwards').end();
          resolve();
        });
      });
      const spans = await rig.clientTelemetry.spans(3);
      expect(spans.map(({ name, parentSpanContext }) => [name, parentSpanContext?.spanId])).toEqual([
        ['test.Echo/Unary', STRANGER.spanId],
        [`test.Echo/${shape}`, caller.spanId],
        ['afterwards', caller.spanId],
      ]);
    },
  );

  it('where the caller has no span, none is active in its callbacks', async () => {
    const rig = await echo.start({ clientTracedBy });
    const seen = await new Promise((resolve) => rig.client.Unary({ text: 'hello' }, () => resolve(activeSpanId())));
    expect(seen).toBe('no span');
  });
});
