import {
  Metadata,
  status,
  type ClientDuplexStream,
  type ClientReadableStream,
  type requestCallback,
  type StatusObject,
} from '@grpc/grpc-js';
import type { Readable } from 'node:stream';
import type { EchoClient } from '../../protos/types/test/Echo';
import type { Msg, Msg__Output } from '../../protos/types/test/Msg';
import type { Caller, Done } from './run-load.js';

/** The calls that the benchmark makes, as an application makes them. */
export interface Stub {
  unary(message: Msg, callback: requestCallback<Msg__Output>): void;
  serverStream(message: Msg): ClientReadableStream<Msg__Output>;
  bidi(): ClientDuplexStream<Msg, Msg__Output>;
}

export function bareStub(client: EchoClient): Stub {
  return {
    unary: (message, callback) => void client.Unary(message, callback),
    serverStream: (message) => client.ServerStream(message),
    bidi: () => client.Bidi(),
  };
}

/** With the header that tracing has to send, and nothing else of tracing. */
export function headerStub(client: EchoClient): Stub {
  const headers = (): Metadata => {
    const metadata = new Metadata();
    metadata.set('traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
    return metadata;
  };
  return {
    unary: (message, callback) => void client.Unary(message, headers(), callback),
    serverStream: (message) => client.ServerStream(message, headers()),
    bidi: () => client.Bidi(headers()),
  };
}

export function stubCaller(stub: Stub): Caller {
  return {
    unary: (done) => stub.unary({ text: 'hello' }, (error) => done(error ?? undefined)),
    serverStream: (messages, done) => consume(stub.serverStream({ text: 'hello', n: messages }), messages, done),
    bidi(messages, done) {
      const stream = stub.bidi();
      consume(stream, messages, done);
      for (let i = 0; i < messages; i++) stream.write({ text: 'hello' });
      stream.end();
    },
  };
}

/** A variant that loses messages is not to look fast. */
function consume(stream: Readable, messages: number, done: Done): void {
  let left = messages;
  stream.on('data', () => left--);
  stream.on('error', () => undefined);
  stream.on('status', ({ code, details }: StatusObject) => {
    if (code !== status.OK) done(new Error(details));
    else done(left === 0 ? undefined : new Error(`${left} of ${messages} messages are missing`));
  });
}
