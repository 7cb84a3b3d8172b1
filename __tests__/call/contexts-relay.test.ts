import type { EventEmitter } from 'node:events';
import type { Msg__Output } from '../../protos/types/test/Msg';
import { assertChildOf } from 'grpc-js-opentelemetry/testing';
import { party, serverSpanIdOf, useContextManager } from '../helpers/async-context.js';
import { useEcho, type EchoMethods, type EchoRig } from '../helpers/echo.js';
import { invoke, SHAPES } from '../../tools/invoke.js';

useContextManager();
const echo = useEcho();

const CALLERS = [party(1), party(2), party(3)];

describe('a server that is a client itself', () => {
  /** A server whose every handler asks `back` before it answers. */
  function relayTo(back: EchoRig): Required<EchoMethods> {
    return {
      Unary: (call, callback) => void back.client.Unary(call.request, callback),
      ClientStream(call, callback) {
        call.resume().on('end', () => back.client.Unary({ text: 'asked' }, callback));
      },
      ServerStream(call) {
        const asked = back.client.ServerStream(call.request);
        asked.on('data', (message: Msg__Output) => call.write(message));
        asked.on('end', () => call.end());
      },
      Bidi(call) {
        const asked = back.client.Bidi();
        call.on('data', (message: Msg__Output) => asked.write(message));
        call.on('end', () => asked.end());
        asked.on('data', (message: Msg__Output) => call.write(message));
        asked.on('end', () => call.end());
      },
    };
  }

  it.each(SHAPES)('%s: its CLIENT span is the child of its SERVER span', async (shape) => {
    const back = await echo.start();
    const front = await echo.start({ handlers: relayTo(back) });
    await Promise.all(CALLERS.map((caller) => caller.run(() => invoke(front.client, shape).result)));
    const asked = await back.clientTelemetry.spans(CALLERS.length);
    for (const caller of CALLERS) {
      const span = asked.find((ended) => ended.spanContext().traceId === caller.traceId);
      expect(span?.parentSpanContext?.spanId).toBe(await serverSpanIdOf(front, caller));
    }
  });

  it.each(SHAPES)('%s: a client call that it makes when its own call is over still works', async (shape) => {
    const back = await echo.start();
    let answered: Promise<unknown> | undefined;
    const afterwards = (call: EventEmitter): void => {
      call.on('cancelled', () => {
        setImmediate(() => {
          answered = invoke(back.client, 'Unary').result;
        });
      });
    };
    const front = await echo.start({
      handlers: {
        Unary(call, callback) {
          afterwards(call);
          callback(null, call.request);
        },
        ClientStream(call, callback) {
          afterwards(call);
          call.resume().on('end', () => callback(null, {}));
        },
        ServerStream(call) {
          afterwards(call);
          call.end();
        },
        Bidi(call) {
          afterwards(call);
          call.resume().on('end', () => call.end());
        },
      },
    });
    await invoke(front.client, shape).result;
    const [asked] = await back.clientTelemetry.spans(1);
    const [over] = await front.serverTelemetry.spans(1);
    expect(await answered).toMatchObject({ code: 0, messages: ['hello'] });
    assertChildOf(asked, over);
  });
});
