import type { Readable, Writable } from 'node:stream';
import type { EchoClient, EchoHandlers } from '../../protos/types/test/Echo';

/**
 * Handlers of a service that stands before another: every message goes on as it comes, in the same shape, and so does the
 * status. The calls are made with `parent`, so whoever cancels a call cancels all that came of it.
 */
export function passingOn(to: EchoClient): EchoHandlers {
  return {
    Unary(call, callback) {
      to.Unary(call.request, { parent: call }, callback);
    },
    ClientStream(call, callback) {
      ask(call, to.ClientStream({ parent: call }, callback));
    },
    ServerStream(call) {
      answer(call, to.ServerStream(call.request, { parent: call }));
    },
    Bidi(call) {
      const onward = to.Bidi({ parent: call });
      ask(call, onward);
      answer(call, onward);
    },
  };
}

function ask(call: Readable, questions: Writable): void {
  call.pipe(questions);
}

function answer(call: Writable, answers: Readable): void {
  answers.on('error', (error) => call.emit('error', error));
  answers.pipe(call);
}
