import { status } from '@grpc/grpc-js';
import { context, propagation } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { createChannel, createClient, createServer, Metadata } from 'nice-grpc';
import { assertChildOf } from 'grpc-js-opentelemetry/testing';
import { tracingChannel, tracingClientInterceptor, tracingServerInterceptor } from '../../lib/index.js';
import { EchoDefinition, type EchoServiceImplementation, type Msg } from '../../protos/stubs/nice-grpc/echo.js';
import { SHAPES, type Shape } from '../../tools/invoke.js';
import { activeSpanId, party, useContextManager } from '../helpers/async-context.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { plainSpan } from '../helpers/plain-span.js';
import { Telemetry } from '../helpers/telemetry.js';

useContextManager();

const MESSAGE: Msg = { text: 'hello', n: 0 };
const OK = { code: status.OK, details: 'OK' };

async function* requests(): AsyncGenerator<Msg> {
  yield await Promise.resolve(MESSAGE);
  yield MESSAGE;
}

async function read(messages: AsyncIterable<Msg>): Promise<Msg[]> {
  const all: Msg[] = [];
  for await (const message of messages) all.push(message);
  return all;
}

/** Mirrors the requests, and notes which span is active where a handler awaits and yields. */
function mirror(seen: Set<string>): EchoServiceImplementation {
  const note = <Value>(value: Value): Value => {
    seen.add(activeSpanId());
    return value;
  };
  return {
    unary: async (request) => note(await Promise.resolve(note(request))),
    clientStream: async (messages) => note((await read(messages)).at(-1) ?? MESSAGE),
    serverStream: async function* (request) {
      yield note(request);
      yield note(await Promise.resolve(request));
    },
    bidi: async function* (messages) {
      for await (const message of messages) yield note(message);
    },
  };
}

interface Setup {
  readonly port: number;
  readonly seen: ReadonlySet<string>;
  readonly serverTelemetry: Telemetry;
  readonly clientTelemetry: Telemetry;
  readonly call: (shape: Shape, metadata?: Metadata) => Promise<readonly Msg[]>;
}

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/**
 * A server and a client of nice-grpc without middleware, each given this package's interceptors as channel options, and the
 * client a channel that traces, where it is to.
 */
async function start({ traced = false } = {}): Promise<Setup> {
  const serverTelemetry = new Telemetry();
  const clientTelemetry = new Telemetry();
  const seen = new Set<string>();
  const server = createServer({
    interceptors: [tracingServerInterceptor({ tracerProvider: serverTelemetry.provider })],
  });
  server.add(EchoDefinition, mirror(seen));
  const port = await server.listen('127.0.0.1:0');
  const options = { tracerProvider: clientTelemetry.provider };
  const made = createChannel(`127.0.0.1:${port}`, undefined, { interceptors: [tracingClientInterceptor(options)] });
  const channel = traced ? tracingChannel(made, options) : made;
  closers.push(async () => {
    channel.close();
    await server.shutdown();
  });
  const client = createClient(EchoDefinition, channel);
  const call = async (shape: Shape, metadata = Metadata()): Promise<readonly Msg[]> => {
    switch (shape) {
      case 'Unary':
        return [await client.unary(MESSAGE, { metadata })];
      case 'ClientStream':
        return [await client.clientStream(requests(), { metadata })];
      case 'ServerStream':
        return read(client.serverStream(MESSAGE, { metadata }));
      case 'Bidi':
        return read(client.bidi(requests(), { metadata }));
    }
  };
  return { port, seen, serverTelemetry, clientTelemetry, call };
}

describe('nice-grpc, its own middleware off', () => {
  it.each(SHAPES)('%s: the SERVER span is whole and active in the handler', async (shape) => {
    const { port, seen, serverTelemetry, call } = await start();
    expect((await call(shape))[0]).toEqual(MESSAGE);
    const [span] = await serverTelemetry.spans(1);
    expect(span && plainSpan(span)).toEqual(expectedSpan('server', shape, OK, port));
    expect([...seen]).toEqual([span?.spanContext().spanId]);
  });

  it.each(SHAPES)('%s: on a channel that traces, both spans are those of a stub of grpc-js', async (shape) => {
    const { port, serverTelemetry, clientTelemetry, call } = await start({ traced: true });
    const caller = party(1);
    const after = await caller.run(async () => {
      expect((await call(shape))[0]).toEqual(MESSAGE);
      return activeSpanId();
    });
    const [client] = await clientTelemetry.spans(1);
    const [server] = await serverTelemetry.spans(1);
    expect(client && plainSpan(client)).toEqual(expectedSpan('client', shape, OK, port));
    expect(server && plainSpan(server)).toEqual(expectedSpan('server', shape, OK, port));
    expect(client?.parentSpanContext?.spanId).toBe(caller.spanId);
    assertChildOf(server, client);
    expect(after).toBe(caller.spanId);
    expect([clientTelemetry.startedCount, serverTelemetry.startedCount]).toEqual([1, 1]);
  });

  it('without one, its client hands no interceptors on: a call has no CLIENT span, and its server’s is a root', async () => {
    const { serverTelemetry, clientTelemetry, call } = await start();
    await party(1).run(() => call('Unary'));
    const [span] = await serverTelemetry.spans(1);
    expect(span?.parentSpanContext).toBeUndefined();
    expect(clientTelemetry.startedCount).toBe(0);
  });

  it('a context that the caller writes into the metadata links the SERVER span to the caller’s', async () => {
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    const { serverTelemetry, call } = await start();
    const caller = party(1);
    await caller.run(() => {
      const metadata = Metadata();
      propagation.inject(context.active(), metadata, { set: (carrier, key, value) => void carrier.set(key, value) });
      return call('Unary', metadata);
    });
    propagation.disable();
    const [span] = await serverTelemetry.spans(1);
    expect(span?.parentSpanContext).toMatchObject({ traceId: caller.traceId, spanId: caller.spanId, isRemote: true });
  });
});
