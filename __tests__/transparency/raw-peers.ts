import { once } from 'node:events';
import { connect, createServer, type Http2Server, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { Echo } from '../../tools/echo.js';
import type { Shape } from '../../tools/invoke.js';
import type { Recorder } from './recorder.js';
import type { RawCall, Scenario } from './scenario.js';

/** A message with its length before it, as gRPC sends it. */
export function frame(text: string, compressed = 0): Buffer {
  const message = Echo.service.Unary.requestSerialize({ text });
  const prefix = Buffer.alloc(5);
  prefix.writeUInt8(compressed);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

/** A server by hand: whatever HTTP/2 can say may come from a server. */
export class RawServer {
  private readonly sessions = new Set<ServerHttp2Session>();
  private readonly server: Http2Server = createServer();

  async listen(act: NonNullable<Scenario['rawServer']>, recorder: Recorder): Promise<number> {
    let streams = 0;
    this.server.on('session', (session) => this.sessions.add(session));
    this.server.on('stream', (stream, headers) => {
      const track = recorder.track('raw server');
      track.note('stream', headers);
      stream.on('error', () => undefined);
      stream.resume();
      act(stream, ++streams);
    });
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
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

/** Makes a call by hand; resolves when its stream has closed. */
export async function rawCall(port: number, shape: Shape, plan: RawCall, recorder: Recorder): Promise<void> {
  const track = recorder.track('raw client');
  const session = connect(`http://127.0.0.1:${port}`);
  session.on('error', () => undefined);
  const stream = session.request({
    ':method': 'POST',
    ':path': `/test.Echo/${shape}`,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...plan.headers,
  });
  stream.on('response', (headers) => track.note('response', headers));
  stream.on('trailers', (headers) => track.note('trailers', headers));
  stream.on('data', (bytes) => track.note('data', bytes));
  stream.on('error', (error) => track.note('error', error));
  stream.on('end', () => track.note('end'));
  const closed = new Promise<void>((resolve) => {
    stream.on('close', () => {
      track.note('close', stream.rstCode);
      resolve();
    });
  });
  if (plan.body !== undefined) stream.write(plan.body);
  if (plan.open !== true) stream.end();
  plan.act?.(stream);
  await closed;
  session.close();
}
