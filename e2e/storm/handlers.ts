import type { EventEmitter } from 'node:events';
import type { EchoHandlers } from '../../protos/types/test/Echo';
import { handlerPlan, type HandlerPlan } from './plan.js';

/** The largest message that the storm's servers send; see 'answer with too much'. */
export const MAX_SENT_BYTES = 100_000;

const SLOW_MILLIS = 15;

/** How a call of any shape is answered. */
interface Reply {
  readonly call: EventEmitter;
  send(message: { text: string }): void;
  end(): void;
  fail(error: Error & { code?: number }): void;
  destroy(): void;
}

/** What protobuf refuses to encode. */
function unserializable(): { text: string } {
  const text: unknown = {
    toString(): string {
      throw new Error('no text');
    },
  };
  // The handler of an application without type checking.
  return { text: text as string };
}

function answer({ answers, size }: HandlerPlan, reply: Reply): void {
  for (let n = 0; n < answers; n++) reply.send({ text: 'a'.repeat(size) });
  reply.end();
}

function act(plan: HandlerPlan, reply: Reply): void {
  switch (plan.act) {
    case 'answer slowly':
      setTimeout(() => answer(plan, reply), SLOW_MILLIS);
      return;
    case 'answer too late':
      reply.call.on('cancelled', () => answer(plan, reply));
      return;
    case 'answer twice':
      reply.send({ text: 'once' });
      reply.end();
      reply.send({ text: 'twice' });
      reply.end();
      return;
    case 'answer with too much':
      reply.send({ text: 'a'.repeat(MAX_SENT_BYTES + 1) });
      reply.end();
      return;
    case 'answer what cannot be serialized':
      reply.send(unserializable());
      reply.end();
      return;
    case 'fail with a code':
      reply.fail(Object.assign(new Error('as planned'), { code: plan.code }));
      return;
    case 'fail with a plain error':
      reply.fail(new Error('plain'));
      return;
    case 'destroy':
      reply.destroy();
      return;
    case 'hang':
      return;
    default:
      answer(plan, reply);
  }
}

/** At the end of the requests, or at once; thrown errors only count in the handler itself. */
function begin(plan: HandlerPlan, reply: Reply, readsStream: boolean): void {
  if (plan.act === 'throw') throw new Error('thrown as planned');
  if (readsStream && !plan.early) reply.call.on('end', () => act(plan, reply));
  else act(plan, reply);
}

type Stream = EventEmitter & { write(message: { text: string }): boolean; end(): void; destroy(error: Error): void };

function streamReply(call: Stream): Reply {
  return {
    call,
    send: (message) => void call.write(message),
    end: () => call.end(),
    fail: (error) => void call.emit('error', error),
    destroy: () => call.destroy(new Error('destroyed as planned')),
  };
}

function singleReply(call: EventEmitter, callback: (error: Error | null, message?: { text: string }) => void): Reply {
  let last = { text: '' };
  return {
    call,
    send: (message) => {
      last = message;
    },
    end: () => callback(null, last),
    fail: (error) => callback(error),
    destroy: () => void call.emit('error', new Error('destroyed as planned')),
  };
}

/** One handler per shape; each does what its call's metadata says. */
export const stormHandlers: Pick<EchoHandlers, 'Unary' | 'ClientStream' | 'ServerStream' | 'Bidi'> = {
  Unary(call, callback) {
    begin(handlerPlan(call.metadata), singleReply(call, callback), false);
  },
  ClientStream(call, callback) {
    const plan = handlerPlan(call.metadata);
    begin(plan, singleReply(call, callback), true);
    call.resume();
  },
  ServerStream(call) {
    begin(handlerPlan(call.metadata), streamReply(call), false);
  },
  Bidi(call) {
    const plan = handlerPlan(call.metadata);
    begin(plan, streamReply(call), true);
    call.resume();
  },
};
