import * as grpc from '@grpc/grpc-js';
import { EventEmitter } from 'node:events';
import { takeSpans, type PrintedSpan } from './spans.js';

export interface Message {
  readonly text: string;
}

/** JSON: a bundle has no .proto file beside it, and what is proved here does not depend on protobuf. */
const write = (message: Message): Buffer => Buffer.from(JSON.stringify(message));
// Written by `write`, in this very process.
const read = (bytes: Buffer): Message => JSON.parse(bytes.toString()) as Message;

export const UNARY: grpc.MethodDefinition<Message, Message> = {
  path: '/test.Echo/Unary',
  requestStream: false,
  responseStream: false,
  requestSerialize: write,
  requestDeserialize: read,
  responseSerialize: write,
  responseDeserialize: read,
};

const SERVER_STREAM: grpc.MethodDefinition<Message, Message> = {
  ...UNARY,
  path: '/test.Echo/ServerStream',
  responseStream: true,
};

/** Metadata with one key, as both sides send it. */
export function keyed(): grpc.Metadata {
  const metadata = new grpc.Metadata();
  metadata.set('a-key', 'a value');
  return metadata;
}

/** Emits `held` for a call that will have no answer. */
export const handlers = new EventEmitter();

function noSuchName(): grpc.ServiceError {
  const details = 'no such name';
  return Object.assign(new Error(details), { code: grpc.status.NOT_FOUND, details, metadata: keyed() });
}

const onUnary: grpc.handleUnaryCall<Message, Message> = (call, callback) => {
  call.sendMetadata(keyed());
  const { text } = call.request;
  if (text === 'hold') handlers.emit('held');
  else if (text === 'fail') callback(noSuchName());
  else callback(null, call.request, keyed());
};

const onServerStream: grpc.handleServerStreamingCall<Message, Message> = (call) => call.emit('error', noSuchName());

/** Unary calls are echoed, held or failed, as the request says; the stream only fails. */
export const SERVICE: grpc.ServiceDefinition = { Unary: UNARY, ServerStream: SERVER_STREAM };

/** What a program prints: which port its server had, and every span of the one call that was made. */
export interface Exchange {
  readonly port: number;
  readonly spans: readonly PrintedSpan[];
}

/** Serves one call, and tells which spans it has left when both sides are done with it. */
export async function serve(
  interceptors: grpc.ServerInterceptor[],
  call: (target: string) => Promise<void>,
): Promise<Exchange> {
  const server = new grpc.Server({ interceptors });
  server.addService(SERVICE, { Unary: onUnary, ServerStream: onServerStream });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  await call(`127.0.0.1:${port}`);
  // Both sides are done with the call when this calls back.
  await new Promise<void>((resolve, reject) => {
    server.tryShutdown((error) => {
      if (error) reject(error);
      else resolve();
    });
  });
  return { port, spans: await takeSpans() };
}
