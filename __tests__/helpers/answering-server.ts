import { once } from 'node:events';
import { createServer, type OutgoingHttpHeaders, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';

/** Answers every call with these trailers, without a message, whatever gRPC says of them. */
export class AnsweringServer {
  private readonly sessions = new Set<ServerHttp2Session>();
  private readonly server = createServer();

  /** @param trailersOnly whether they come with the headers of a response that has no others */
  constructor(trailers: OutgoingHttpHeaders, trailersOnly: boolean) {
    this.server.on('session', (session) => this.sessions.add(session));
    this.server.on('stream', (stream) => {
      stream.on('error', () => undefined);
      stream.resume();
      const headers = { ':status': 200, 'content-type': 'application/grpc' };
      if (trailersOnly) {
        stream.respond({ ...headers, ...trailers }, { endStream: true });
        return;
      }
      stream.on('wantTrailers', () => stream.sendTrailers(trailers));
      stream.respond(headers, { waitForTrailers: true });
      stream.end();
    });
  }

  async listen(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  get port(): number {
    // The cast: address() of a server that listens on a port is never a string or null.
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const session of this.sessions) session.destroy();
    await closed;
  }
}
