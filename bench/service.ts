import type { Msg__Output } from '../protos/types/test/Msg';
import type { EchoHandlers } from '../protos/types/test/Echo';

/** The cheapest handlers that answer, so that what is measured is the way there and back. */
export const HANDLERS: Pick<EchoHandlers, 'Unary' | 'ClientStream' | 'ServerStream' | 'Bidi'> = {
  Unary: (call, callback) => callback(null, call.request),

  ClientStream(call, callback) {
    call.on('data', () => undefined);
    call.on('end', () => callback(null, {}));
  },

  /** `n` messages, as fast as they are taken. */
  ServerStream(call) {
    let left = call.request.n;
    const write = (): void => {
      while (left > 0) {
        left--;
        if (!call.write(call.request)) {
          call.once('drain', write);
          return;
        }
      }
      call.end();
    };
    write();
  },

  Bidi(call) {
    call.on('data', (message: Msg__Output) => call.write(message));
    call.on('end', () => call.end());
  },
};
