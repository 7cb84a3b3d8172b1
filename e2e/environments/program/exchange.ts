import * as grpc from '@grpc/grpc-js';
import { takeSpans, type PrintedSpan } from './spans.js';

interface Message {
  readonly text: string;
}

/** What a program prints: which port its server had, and every span of the one call that it made. */
export interface Exchange {
  readonly port: number;
  readonly spans: readonly PrintedSpan[];
}

export interface Interceptors {
  readonly server: grpc.ServerInterceptor[];
  readonly client: grpc.Interceptor[];
}

/** JSON: a bundle has no .proto file beside it, and what is proved here does not depend on protobuf. */
const write = (message: Message): Buffer => Buffer.from(JSON.stringify(message));
// Written by `write`, in this very process.
const read = (bytes: Buffer): Message => JSON.parse(bytes.toString()) as Message;

const unary: grpc.MethodDefinition<Message, Message> = {
  path: '/test.Echo/Unary',
  requestStream: false,
  responseStream: false,
  requestSerialize: write,
  requestDeserialize: read,
  responseSerialize: write,
  responseDeserialize: read,
};

const echo: grpc.handleUnaryCall<Message, Message> = ({ request }, callback) => callback(null, request);

/** Starts a server, calls it once, closes both, and tells which spans that left. */
export async function exchange(interceptors?: Interceptors): Promise<Exchange> {
  const server = new grpc.Server({ interceptors: interceptors?.server ?? [] });
  server.addService({ Unary: unary }, { Unary: echo });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
    interceptors: interceptors?.client ?? [],
  });
  await new Promise((resolve, reject) => {
    client.makeUnaryRequest(unary.path, write, read, { text: 'hello' }, (error, response) => {
      if (error) reject(error);
      else resolve(response);
    });
  });
  client.close();
  // Both sides are done with the call when this calls back.
  await new Promise<void>((resolve, reject) => {
    server.tryShutdown((error) => {
      if (error) reject(error);
      else resolve();
    });
  });
  return { port, spans: await takeSpans() };
}
