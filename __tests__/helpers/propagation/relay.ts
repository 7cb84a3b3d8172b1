import type { EchoHandlers } from '../../../protos/types/test/Echo';
import type { EchoMethods } from '../echo.js';

/** Handlers of all four shapes that do one thing, once they have read the request, and then answer. */
export function handlersThat(act: () => Promise<void>): EchoMethods {
  const answer = { text: 'done' };
  // grpc-js takes what `end` is given for metadata.
  const finish = (call: Parameters<EchoHandlers['ServerStream' | 'Bidi']>[0]): void => {
    call.write(answer);
    call.end();
  };
  return {
    Unary: (_call, callback) => void act().then(() => callback(null, answer)),
    ClientStream: (call, callback) => {
      call.resume().on('end', () => void act().then(() => callback(null, answer)));
    },
    ServerStream: (call) => void act().then(() => finish(call)),
    Bidi: (call) => {
      call.resume().on('end', () => void act().then(() => finish(call)));
    },
  };
}
