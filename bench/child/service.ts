import type { EchoHandlers } from '../../protos/types/test/Echo';
import type { Msg__Output } from '../../protos/types/test/Msg';

export type Handlers = Pick<EchoHandlers, 'Unary' | 'ServerStream' | 'Bidi'>;

/** The cheapest handlers that answer, so that what is measured is the way there and back. */
export const HANDLERS: Handlers = {
  Unary: (call, callback) => callback(null, call.request),

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
