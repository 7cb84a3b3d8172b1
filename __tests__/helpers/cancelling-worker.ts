import { connect, constants, type ClientHttp2Stream } from 'node:http2';
import { parentPort, workerData } from 'node:worker_threads';
import { CANCELLED, REQUESTED, type CancellingWork } from './cancelling-client.js';

// The thread of a CancellingClient. It speaks HTTP/2 by hand, since grpc-js does not tell when a reset has been written.
// What nobody checks is what the client has put there.
const { port, path, body, timeout, sent } = workerData as CancellingWork;
const session = connect(`http://127.0.0.1:${port}`);
// The server may be gone before this is.
session.on('error', () => undefined);

function request(): ClientHttp2Stream {
  const made = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...(timeout !== undefined && { 'grpc-timeout': timeout }),
  });
  made.on('error', () => undefined);
  made.end(body, () => tell(REQUESTED));
  return made;
}

/** What is over for Node is put together for the socket, and in the turn after that it is written. */
function tell(written: number): void {
  setImmediate(() => {
    Atomics.store(sent, 0, written);
    Atomics.notify(sent, 0);
  });
}

let stream = timeout === undefined ? request() : undefined;

parentPort?.on('message', (message) => {
  if (message === 'request') stream = request();
  else {
    stream?.once('close', () => tell(CANCELLED));
    stream?.close(constants.NGHTTP2_CANCEL);
  }
});
