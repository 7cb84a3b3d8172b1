import type * as grpc from '@grpc/grpc-js';
import type { Readable, Writable } from 'node:stream';
import { TEXT, type Calls } from './way.js';

/** What the stubs of proto-loader, of the static generator and of ts-proto have in common. */
export interface CallbackStub<Request, Response> {
  unary(request: Request, callback: grpc.requestCallback<Response>): unknown;
  clientStream(callback: grpc.requestCallback<Response>): Writable;
  serverStream(request: Request): Readable;
  bidi(): Readable & Writable;
}

/** How messages are made and read, which is where those stubs differ. */
export interface Codec<Request, Response> {
  readonly message: (text: string) => Request;
  readonly text: (message: Response) => string;
}

/** For stubs whose messages are plain objects. */
export const PLAIN: Codec<{ text: string; n: number }, { text: string }> = {
  message: (text) => ({ text, n: 0 }),
  text: (message) => message.text,
};

export function callbackCalls<Request, Response>(
  stub: CallbackStub<Request, Response>,
  { message, text }: Codec<Request, Response>,
): Calls {
  const response = (call: (callback: grpc.requestCallback<Response>) => void): Promise<string[]> =>
    new Promise((resolve, reject) => {
      call((error, answer) => {
        if (error) reject(error);
        else resolve(answer === undefined ? [] : [text(answer)]);
      });
    });
  const read = async (call: Readable): Promise<string[]> => {
    const texts: string[] = [];
    // A stream of objects; the stub says of which kind.
    for await (const answer of call as AsyncIterable<Response>) texts.push(text(answer));
    return texts;
  };
  const write = <Call extends Writable>(call: Call): Call => {
    call.write(message(TEXT));
    call.end(message(TEXT));
    return call;
  };
  return {
    Unary: () => response((callback) => stub.unary(message(TEXT), callback)),
    ClientStream: () => response((callback) => write(stub.clientStream(callback))),
    ServerStream: () => read(stub.serverStream(message(TEXT))),
    Bidi: () => read(write(stub.bidi())),
  };
}
