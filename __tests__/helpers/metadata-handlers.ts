import type { Metadata } from '@grpc/grpc-js';
import type { Msg } from '../../protos/types/test/Msg';
import type { EchoMethods } from './echo.js';
import type { ExpectedOutcome } from './expected-span.js';

export interface Answer {
  readonly header?: Metadata;
  readonly trailer?: Metadata;
  /** Fail with this, instead of a message. */
  readonly failure?: ExpectedOutcome;
}

interface AnsweringCall {
  sendMetadata(metadata: Metadata): void;
}

interface AnsweringStream {
  write(message: Msg): unknown;
  end(trailer?: Metadata): unknown;
  emit(event: 'error', error: Error): unknown;
}

/** Handlers of all four shapes that answer with metadata, once they have read the request. */
export function handlersAnswering({ header, trailer, failure }: Answer): EchoMethods {
  const error = failure && Object.assign(new Error('failure'), failure, trailer && { metadata: trailer });
  const begin = (call: AnsweringCall): void => {
    if (header !== undefined) call.sendMetadata(header);
  };
  const finish = (call: AnsweringStream): void => {
    if (error !== undefined) {
      call.emit('error', error);
      return;
    }
    call.write({ text: 'answer' });
    call.end(trailer);
  };
  return {
    Unary(call, callback) {
      begin(call);
      if (error === undefined) callback(null, { text: 'answer' }, trailer);
      else callback(error);
    },
    ClientStream(call, callback) {
      call.resume().on('end', () => {
        begin(call);
        if (error === undefined) callback(null, { text: 'answer' }, trailer);
        else callback(error);
      });
    },
    ServerStream(call) {
      begin(call);
      finish(call);
    },
    Bidi(call) {
      call.resume().on('end', () => {
        begin(call);
        finish(call);
      });
    },
  };
}
