import { status } from '@grpc/grpc-js';
import { SHAPES } from '../../tools/invoke.js';
import { CancellingClient } from '../helpers/cancelling-client.js';
import { useEcho, type EchoMethods } from '../helpers/echo.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { firstSpan } from '../helpers/sides.js';

const echo = useEcho();

let client: CancellingClient | undefined;
afterEach(async () => {
  await client?.close();
  client = undefined;
});

/** Each blocks the server once it has the whole request, and answers as if nothing had happened. */
const handlers: EchoMethods = {
  Unary(call, callback) {
    client?.blockUntilCancelled();
    callback(null, call.request);
  },
  ClientStream(call, callback) {
    call.resume().on('end', () => {
      client?.blockUntilCancelled();
      callback(null, { text: 'answer' });
    });
  },
  ServerStream(call) {
    client?.blockUntilCancelled();
    call.write(call.request);
    call.end();
  },
  Bidi(call) {
    call.resume().on('end', () => {
      client?.blockUntilCancelled();
      call.write({ text: 'answer' });
      call.end();
    });
  },
};

// The server sends its status before it reads that the client has given up: only the close of the stream tells.
describe('a client that cancels while the handler blocks the event loop', () => {
  it.each(SHAPES)('got no answer of a %s call, although the handler gave one', async (shape) => {
    const rig = await echo.start({ handlers });
    client = new CancellingClient(rig.port, shape);
    expect(await firstSpan(rig, 'server')).toEqual(
      expectedSpan('server', shape, { code: status.CANCELLED, details: '' }, rig.port),
    );
  });
});
