import { once } from 'node:events';
import { createServer as createHttp2Server, type ServerHttp2Stream } from 'node:http2';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { Rig } from './rig.js';
import type { Shape } from './service.js';
import type { providerClass } from './telemetry.js';
import { said, told, type Check } from './truth.js';

type Provider = Awaited<ReturnType<typeof providerClass>>;

/** Rows of clients whose peer is no server of grpc-js. */
export async function peerRows(Provider: Provider, check: Check): Promise<void> {
  for (const [name, answer] of NO_MESSAGE)
    for (const shape of ['Unary', 'ClientStream'] as const)
      await noMessageRow(Provider, answer, shape, `OK without a message, ${name}, ${shape}`, check);
  await proxyRow(Provider, check);
}

const HEADERS = { ':status': 200, 'content-type': 'application/grpc' };
const OK = { 'grpc-status': '0' };

const NO_MESSAGE: readonly (readonly [name: string, answer: (stream: ServerHttp2Stream) => void])[] = [
  ['trailers only', (stream) => stream.respond({ ...HEADERS, ...OK }, { endStream: true })],
  [
    'headers and trailers',
    (stream) => {
      stream.respond(HEADERS, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers(OK));
      stream.end();
    },
  ],
];

/** What the caller gets is the release's own affair; the span says that. */
async function noMessageRow(
  Provider: Provider,
  answer: (stream: ServerHttp2Stream) => void,
  shape: Shape,
  row: string,
  check: Check,
): Promise<void> {
  const server = createHttp2Server();
  server.on('stream', (stream) => {
    stream.on('error', () => undefined);
    stream.resume();
    answer(stream);
  });
  const port = await listening(server);
  const rig = await new Rig(Provider, { target: () => `127.0.0.1:${port}` }).open();
  try {
    const { code, details } = rig.start(shape);
    const got = await code;
    await rig.clientSpans.untilEnded(1);
    check(`${row}: CLIENT span`, said('client', got, shape), told(rig.clientSpans.ended));
    check(`${row}: details`, details(), String(rig.clientSpans.ended[0]?.status.message));
  } finally {
    rig.close();
    server.close();
  }
}

/** A name that nobody can resolve but the proxy. */
const BEHIND = 'behind.invalid';

/** The target is the one as written, not the proxy. */
async function proxyRow(Provider: Provider, check: Check): Promise<void> {
  const asked: string[] = [];
  const server = proxy(asked);
  const proxyPort = await listening(server);
  let target = '';
  const rig = new Rig(Provider, { target: (port) => (target = `${BEHIND}:${port}`) });
  const { grpc_proxy: grpcProxy = '', no_grpc_proxy: noGrpcProxy = '' } = process.env;
  // The channel reads them when it is made. The second is there so that nobody's own NO_PROXY counts.
  Object.assign(process.env, { grpc_proxy: `http://127.0.0.1:${proxyPort}`, no_grpc_proxy: 'nobody.invalid' });
  await rig.open();
  // To grpc-js an empty one is none.
  Object.assign(process.env, { grpc_proxy: grpcProxy, no_grpc_proxy: noGrpcProxy });
  try {
    const got = await rig.start('Unary').code;
    await rig.clientSpans.untilEnded(1);
    check('behind a proxy: caller', '0', String(got));
    check('behind a proxy: asked for', target, asked.join());
    const { 'server.address': address, 'server.port': port } = rig.clientSpans.ended[0]?.attributes ?? {};
    check('behind a proxy: CLIENT span', target, `${String(address)}:${String(port)}`);
  } finally {
    rig.close();
    server.close();
  }
}

/**
 * Answers CONNECT, whatever the name, with a connection to that port of the loopback. By hand, so that no runtime's own HTTP
 * server has a part in it. The client speaks first: grpc-js 1.10.8 loses what comes together with the answer.
 */
function proxy(asked: string[]): Server {
  return createServer((socket) => {
    socket.on('error', () => undefined);
    let head = '';
    const read = (chunk: Buffer): void => {
      head += chunk.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      socket.off('data', read);
      const target = head.split(' ', 2)[1] ?? '';
      asked.push(target);
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.once('data', (first) => {
        const behind = connect(Number(target.split(':').at(-1)), '127.0.0.1');
        behind.on('error', () => socket.destroy());
        behind.write(first);
        socket.pipe(behind).pipe(socket);
      });
    };
    socket.on('data', read);
  });
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on a port has an address of this kind.
  return (server.address() as AddressInfo).port;
}
