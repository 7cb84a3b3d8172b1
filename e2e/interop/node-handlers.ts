import { propagation, context, trace, TraceFlags } from '@opentelemetry/api';
import type { Readable, Writable } from 'node:stream';
import type { EchoHandlers } from '../../protos/types/test/Echo';
import type { Msg, Msg__Output } from '../../protos/types/test/Msg';
import type { Shape } from '../../tools/invoke.js';
import { BAGGAGE_KEY, nextOnRoute, type Visit } from './visit.js';

/** How many messages a server stream has. */
const ANSWERS_TO_ONE = 2;

/** Makes a call of this shape with this text in every message, and gives the texts that are answered. */
export type Relay = (shape: Shape, address: string, text: string) => Promise<readonly string[]>;

/**
 * Answers every message with what the handler sees of the call's context. Where a request names a route, it calls the next
 * peer on it in the same shape, and the answer goes on with what that answered. Every peer does the same.
 */
export function nodeHandlers(service: string, relay: Relay): EchoHandlers {
  const answers = async (shape: Shape, [text = '']: readonly string[], count: number): Promise<Msg[]> => {
    const line = JSON.stringify(visit(service));
    const { next, rest } = nextOnRoute(text);
    if (next === '') return Array.from({ length: count }, () => ({ text: line }));
    const answered = await relay(shape, next, rest);
    return answered.map((onward) => ({ text: `${line}\n${onward}` }));
  };
  return {
    Unary(call, callback) {
      answers('Unary', [call.request.text], 1).then(([answer]) => callback(null, answer), callback);
    },
    ClientStream(call, callback) {
      textsOf(call)
        .then((texts) => answers('ClientStream', texts, 1))
        .then(([answer]) => callback(null, answer), callback);
    },
    ServerStream(call) {
      write(call, answers('ServerStream', [call.request.text], ANSWERS_TO_ONE));
    },
    Bidi(call) {
      write(
        call,
        textsOf(call).then((texts) => answers('Bidi', texts, texts.length)),
      );
    },
  };
}

function visit(service: string): Visit {
  const { traceId = '', spanId = '', traceFlags = TraceFlags.NONE } = trace.getActiveSpan()?.spanContext() ?? {};
  return {
    service,
    traceId,
    spanId,
    sampled: (traceFlags & TraceFlags.SAMPLED) !== 0,
    baggage: propagation.getBaggage(context.active())?.getEntry(BAGGAGE_KEY)?.value ?? '',
  };
}

function textsOf(call: Readable): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const texts: string[] = [];
    call.on('data', ({ text }: Msg__Output) => texts.push(text));
    call.on('end', () => resolve(texts));
    call.on('error', reject);
  });
}

function write(call: Writable, answers: Promise<readonly Msg[]>): void {
  answers.then(
    (messages) => {
      for (const message of messages) call.write(message);
      call.end();
    },
    (error: unknown) => call.emit('error', error),
  );
}
