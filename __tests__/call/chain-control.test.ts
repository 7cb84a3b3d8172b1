import {
  InterceptingCall,
  ServerInterceptingCall,
  status,
  type Interceptor,
  type Metadata,
  type ServerInterceptor,
} from '@grpc/grpc-js';
import { assertChildOf } from 'grpc-js-opentelemetry/testing';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { party, useContextManager } from '../helpers/async-context.js';
import { expectedSpans, OK, placed, PLACES, spansOf } from '../helpers/chain.js';
import { useEcho, type EchoMethods, type EchoRig } from '../helpers/echo.js';
import { behave, type Behaviour } from '../helpers/echo-handlers.js';
import { expectedSpan, type ExpectedOutcome } from '../helpers/expected-span.js';
import { plainSpan } from '../helpers/plain-span.js';

useContextManager();
const echo = useEcho();

describe('interceptors that take their time', () => {
  const CALLER = party(1);

  const slowClient: Interceptor = (options, nextCall) =>
    new InterceptingCall(nextCall(options), {
      start: (metadata, _listener, next) =>
        setImmediate(() =>
          next(metadata, {
            onReceiveMetadata: (received, pass) => setImmediate(() => pass(received)),
            onReceiveMessage: (message, pass) => setImmediate(() => pass(message)),
            onReceiveStatus: (received, pass) => setImmediate(() => pass(received)),
          }),
        ),
    });
  const slowServer: ServerInterceptor = (_method, call) =>
    new ServerInterceptingCall(call, {
      start: (next) =>
        setImmediate(() =>
          next({
            onReceiveMetadata: (metadata, pass) => setImmediate(() => pass(metadata)),
            onReceiveMessage: (message, pass) => setImmediate(() => pass(message)),
          }),
        ),
      sendMetadata: (metadata, next) => setImmediate(() => next(metadata)),
    });

  it.each(PLACES)('tracing %s: a %s call is traced as ever', async (position, shape) => {
    const rig = await echo.start({
      clientChain: (tracing) => placed(position, tracing, [slowClient, slowClient] as const),
      serverChain: (tracing) => placed(position, tracing, [slowServer, slowServer] as const),
    });
    const { code, messages } = await CALLER.run(() => invoke(rig.client, shape).result);
    expect([code, messages[0]]).toEqual([status.OK, 'hello']);
    expect(await spansOf(rig)).toEqual(expectedSpans(shape, rig));
    expect(parentIds(rig)).toEqual([CALLER.spanId, rig.clientTelemetry.ended[0]?.spanContext().spanId]);
  });

  it.each(PLACES)('tracing %s: a %s call that is cancelled ends both spans', async (position, shape) => {
    const rig = await echo.start({
      clientChain: (tracing) => placed(position, tracing, [slowClient, slowClient] as const),
      serverChain: (tracing) => placed(position, tracing, [slowServer, slowServer] as const),
    });
    const { call, result } = invoke(rig.client, shape, { metadata: behave('hang') });
    await rig.serverTelemetry.started(1);
    call.cancel();
    const cancelled = { code: status.CANCELLED, details: 'Cancelled on client' };
    expect(await result).toMatchObject(cancelled);
    expect(await spansOf(rig)).toEqual(expectedSpans(shape, rig, cancelled));
  });
});

/** The parents of the CLIENT and the SERVER span. */
function parentIds({ clientTelemetry, serverTelemetry }: EchoRig): (string | undefined)[] {
  return [...clientTelemetry.ended, ...serverTelemetry.ended].map((span) => span.parentSpanContext?.spanId);
}

describe('an interceptor that issues the call again when it failed', () => {
  /** For unary calls, after the example of grpc-node's interceptor specification (gRFC L5). */
  const retrying: Interceptor = (options, nextCall) => {
    let sent: { metadata: Metadata; message: unknown };
    return new InterceptingCall(nextCall(options), {
      start(metadata, _listener, next) {
        sent = { metadata, message: undefined };
        let received: unknown;
        let passMessage: (message: unknown) => void;
        next(metadata, {
          onReceiveMessage(message, pass) {
            received = message;
            passMessage = pass;
          },
          onReceiveStatus(outcome, pass) {
            const settle = (last: typeof outcome): void => {
              passMessage(received);
              pass(last);
            };
            if (outcome.code === status.OK) {
              settle(outcome);
              return;
            }
            const again = nextCall(options);
            again.start(sent.metadata, {
              onReceiveMessage: (message: unknown) => (received = message),
              onReceiveStatus: settle,
            });
            again.sendMessage(sent.message);
            again.halfClose();
          },
        });
      },
      sendMessage(message, next) {
        sent.message = message;
        next(message);
      },
    });
  };

  /** Fails its first call. */
  function failingOnce(): EchoMethods {
    let failures = 1;
    return {
      Unary(call, callback) {
        if (failures-- > 0) callback({ code: status.UNAVAILABLE, details: 'try again' });
        else callback(null, call.request);
      },
    };
  }
  const FAILED: ExpectedOutcome = { code: status.UNAVAILABLE, details: 'try again' };

  it('behind tracing: one CLIENT span with the last outcome, the parent of a SERVER span for each attempt', async () => {
    const rig = await echo.start({ clientChain: (tracing) => [tracing, retrying], handlers: failingOnce() });
    expect(await invoke(rig.client, 'Unary').result).toMatchObject({ code: status.OK, messages: ['hello'] });
    const server = (await rig.serverTelemetry.spans(2)).map(plainSpan);
    const client = rig.clientTelemetry.ended.map(plainSpan);
    const { client: expectedClient } = expectedSpans('Unary', rig);
    expect(client).toEqual(expectedClient);
    expect(server).toEqual([FAILED, OK].map((outcome) => expectedSpan('server', 'Unary', outcome, rig.port)));
    const id = rig.clientTelemetry.ended[0]?.spanContext().spanId;
    expect(parentIds(rig)).toEqual([undefined, id, id]);
  });

  it('before tracing: a CLIENT span for each attempt, with a SERVER span each', async () => {
    const rig = await echo.start({ clientChain: (tracing) => [retrying, tracing], handlers: failingOnce() });
    const caller = party(1);
    await caller.run(() => invoke(rig.client, 'Unary').result);
    await rig.serverTelemetry.spans(2);
    for (const side of ['client', 'server'] as const) {
      const { ended } = side === 'client' ? rig.clientTelemetry : rig.serverTelemetry;
      expect(ended.map(plainSpan)).toEqual(
        [FAILED, OK].map((outcome) => expectedSpan(side, 'Unary', outcome, rig.port)),
      );
    }
    const attempts = rig.clientTelemetry.ended.map((span) => span.spanContext().spanId);
    expect(parentIds(rig)).toEqual([caller.spanId, caller.spanId, ...attempts]);
  });
});

it('the span that is active around an outer client interceptor’s `next` is the CLIENT span’s parent', async () => {
  const outer = party(7);
  const entering: Interceptor = (options, nextCall) =>
    new InterceptingCall(nextCall(options), {
      start: (metadata, listener, next) => outer.run(() => next(metadata, listener)),
    });
  const rig = await echo.start({ clientChain: (tracing) => [entering, tracing] });
  await Promise.all(SHAPES.map((shape) => party(1).run(() => invoke(rig.client, shape).result)));
  const spans = await rig.clientTelemetry.spans(SHAPES.length);
  expect(spans.map((span) => span.parentSpanContext?.spanId)).toEqual(SHAPES.map(() => outer.spanId));
});

it('sequential and concurrent calls through one pair of interceptors share nothing', async () => {
  const rig = await echo.start();
  const outcomes: [Behaviour, ExpectedOutcome][] = [
    ['ok', OK],
    ['code 5', { code: status.NOT_FOUND, details: expect.any(String) as string }], // a matcher stands for it
  ];
  const calls = outcomes.flatMap(([behaviour, outcome]) => SHAPES.map((shape) => ({ shape, behaviour, outcome })));
  for (const round of [100, 200]) {
    await Promise.all(
      calls.map(({ shape, behaviour }, index) =>
        party(round + index).run(() => invoke(rig.client, shape, { metadata: behave(behaviour) }).result),
      ),
    );
  }
  await Promise.all([rig.clientTelemetry.allEnded(), rig.serverTelemetry.allEnded()]);
  for (const round of [100, 200]) {
    for (const [index, { shape, outcome }] of calls.entries()) {
      const { traceId, spanId } = party(round + index);
      const [client, server] = [rig.clientTelemetry, rig.serverTelemetry].map(({ ended }) =>
        ended.filter((span) => span.spanContext().traceId === traceId),
      );
      expect(client?.map(plainSpan)).toEqual([expectedSpan('client', shape, outcome, rig.port)]);
      expect(server?.map(plainSpan)).toEqual([expectedSpan('server', shape, outcome, rig.port)]);
      expect(client?.[0]?.parentSpanContext?.spanId).toBe(spanId);
      assertChildOf(server?.[0], client?.[0]);
    }
  }
});
