import { connect, constants } from 'node:http2';
import { parentPort, workerData } from 'node:worker_threads';
import type { CancellingWork } from './cancelling-client.js';

// The thread of a CancellingClient. It speaks HTTP/2 by hand, since grpc-js does not tell when a reset has been written.
// What nobody checks is what the client has put there.
const { port, path, body, sent } = workerData as CancellingWork;
const session = connect(`http://127.0.0.1:${port}`);
const stream = session.request({
  ':method': 'POST',
  ':path': path,
  'content-type': 'application/grpc',
  te: 'trailers',
});
stream.on('error', () => undefined);
stream.end(body);

parentPort?.once('message', () => {
  stream.once('close', () => {
    // The stream closes while Node puts together what it writes, and in the turn after that it is written.
    setImmediate(() => {
      Atomics.store(sent, 0, 1);
      Atomics.notify(sent, 0);
    });
  });
  stream.close(constants.NGHTTP2_CANCEL);
});
