import { deepStrictEqual } from 'node:assert/strict';
import { Metadata, status } from '@grpc/grpc-js';
import type { Tracer } from '@opentelemetry/api';
import type { EchoClient, EchoHandlers } from '../../../protos/types/test/Echo';
import type { Msg__Output } from '../../../protos/types/test/Msg';
import { invoke, SHAPES, type InvokeOptions, type Shape } from '../../../tools/invoke.js';

/** The visitor's own, and four for each call: of both its sides, and of both sides of the call that comes of it. */
export const VISIT_SPANS = 1 + 4 * (SHAPES.length + 2);

/** A header that every call brings. */
export const TENANT_HEADER = 'x-tenant';

/** For a call that hangs; all of them together take milliseconds otherwise. */
const PATIENCE_MILLIS = 20_000;

const LENT_OUT = 'tlh';

export const TRANSLATOR: EchoHandlers = {
  Unary({ request }, callback) {
    if (request.text !== LENT_OUT) callback(null, request);
    else callback({ code: status.UNAVAILABLE, details: 'the dictionary is lent out: é 100%' });
  },
  ClientStream(call, callback) {
    call.on('end', () => callback(null, { text: 'all of it' }));
    call.resume();
  },
  ServerStream(call) {
    call.write(call.request);
    call.write(call.request);
    call.end();
  },
  Bidi(call) {
    call.on('data', (message: Msg__Output) => call.write(message));
    call.on('end', () => call.end());
  },
};

/** Something of everything, all at once: a call of each shape, one that fails, and one that is cancelled. */
export async function visit(greeter: EchoClient, tracer: Tracer): Promise<void> {
  const codes = await tracer.startActiveSpan('visit', async (span) => {
    const calls = [...SHAPES.map((shape) => called(greeter, shape)), called(greeter, 'Unary', LENT_OUT), cut(greeter)];
    const ended = await Promise.all(calls);
    span.end();
    return ended;
  });
  deepStrictEqual(codes, [...SHAPES.map(() => status.OK), status.UNAVAILABLE, status.CANCELLED]);
}

async function called(greeter: EchoClient, shape: Shape, text = 'hello'): Promise<number> {
  return (await invoke(greeter, shape, { ...options(), text }).result).code;
}

/** Cancels a conversation that has begun. */
async function cut(greeter: EchoClient): Promise<number> {
  const { call, firstMessage, result } = invoke(greeter, 'Bidi', { ...options(), keepOpen: true });
  await Promise.race([firstMessage, result]);
  call.cancel();
  return (await result).code;
}

function options(): InvokeOptions {
  const metadata = new Metadata();
  metadata.set(TENANT_HEADER, 'acme');
  return { metadata, callOptions: { deadline: Date.now() + PATIENCE_MILLIS } };
}
