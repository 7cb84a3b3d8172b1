import type * as grpc from '@grpc/grpc-js';

/** Handlers that never look into a message: each answers with what it got, a server stream twice. */
export function mirror<Message>() {
  const unary: grpc.handleUnaryCall<Message, Message> = (call, callback) => callback(null, call.request);
  const clientStream: grpc.handleClientStreamingCall<Message, Message> = (call, callback) => {
    let last: Message | null = null;
    call.on('data', (message: Message) => {
      last = message;
    });
    call.on('end', () => callback(null, last));
  };
  const serverStream: grpc.handleServerStreamingCall<Message, Message> = (call) => {
    call.write(call.request);
    call.write(call.request);
    call.end();
  };
  const bidi: grpc.handleBidiStreamingCall<Message, Message> = (call) => {
    call.on('data', (message: Message) => void call.write(message));
    call.on('end', () => call.end());
  };
  return { unary, clientStream, serverStream, bidi };
}
