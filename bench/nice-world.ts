import type { ClientMiddleware, ServerMiddleware } from 'nice-grpc';
import {
  EchoDefinition,
  type EchoClient,
  type EchoServiceImplementation,
  type Msg,
} from '../protos/stubs/nice-grpc/echo.js';
import type { Copies } from './copies.js';
import type { Caller } from './load.js';
import type { World } from './world.js';

const SERVICE: EchoServiceImplementation = {
  unary: (request) => Promise.resolve(request),
  clientStream: () => Promise.reject(new Error('the benchmark does not call it')),
  async *serverStream(request) {
    for (let i = 0; i < request.n; i++) yield await Promise.resolve(request);
  },
  async *bidi(requests) {
    yield* requests;
  },
};

export interface NiceParts {
  readonly serverMiddleware: ServerMiddleware;
  readonly clientMiddleware: ClientMiddleware;
}

/** nice-grpc has a server and a client of its own, on grpc-js. */
export async function niceWorld({ niceGrpc }: Copies, parts?: NiceParts): Promise<World> {
  const server = parts === undefined ? niceGrpc.createServer() : niceGrpc.createServer().use(parts.serverMiddleware);
  server.add(EchoDefinition, SERVICE);
  const port = await server.listen('127.0.0.1:0');
  const channel = niceGrpc.createChannel(`127.0.0.1:${port}`);
  const factory = niceGrpc.createClientFactory();
  const client: EchoClient =
    parts === undefined
      ? factory.create(EchoDefinition, channel)
      : factory.use(parts.clientMiddleware).create(EchoDefinition, channel);
  return {
    caller: niceCaller(client),
    close() {
      channel.close();
      server.forceShutdown();
    },
  };
}

function niceCaller(client: EchoClient): Caller {
  return {
    unary(done) {
      client.unary({ text: 'hello', n: 0 }).then(() => done(), done);
    },
    serverStream(messages, done) {
      consume(client.serverStream({ text: 'hello', n: messages }), messages).then(done, done);
    },
    bidi(messages, done) {
      consume(client.bidi(requests(messages)), messages).then(done, done);
    },
  };
}

async function* requests(count: number): AsyncGenerator<Msg> {
  for (let i = 0; i < count; i++) yield await Promise.resolve({ text: 'hello', n: 0 });
}

async function consume(replies: AsyncIterable<Msg>, messages: number): Promise<Error | undefined> {
  let left = messages;
  for await (const reply of replies) if (reply.text !== '') left--;
  return left === 0 ? undefined : new Error(`${left} of ${messages} messages are missing`);
}
