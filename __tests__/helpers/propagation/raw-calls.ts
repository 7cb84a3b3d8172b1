import { connect, type OutgoingHttpHeaders } from 'node:http2';

/** A gRPC client that sends whatever headers HTTP/2 lets through, unlike grpc-js's. */
export class RawCalls {
  private readonly session;

  constructor(address: string) {
    this.session = connect(`http://${address}`);
  }

  /** Makes a unary call with an empty message; resolves with its `grpc-status`. */
  call(headers: OutgoingHttpHeaders): Promise<string> {
    return new Promise((resolve, reject) => {
      let status = 'none';
      const stream = this.session.request({
        ':method': 'POST',
        ':path': '/test.Echo/Unary',
        'content-type': 'application/grpc',
        te: 'trailers',
        ...headers,
      });
      const read = (received: { 'grpc-status'?: unknown }): void => {
        status = typeof received['grpc-status'] === 'string' ? received['grpc-status'] : status;
      };
      stream.on('response', read).on('trailers', read).on('error', reject);
      stream.on('close', () => resolve(status));
      stream.resume();
      stream.end(Buffer.alloc(5));
    });
  }

  close(): void {
    this.session.destroy();
  }
}
