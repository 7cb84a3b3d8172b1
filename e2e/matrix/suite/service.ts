import type * as grpc from '@grpc/grpc-js';

export interface Message {
  readonly text: string;
}

export const SHAPES = ['Unary', 'ClientStream', 'ServerStream', 'Bidi'] as const;
export type Shape = (typeof SHAPES)[number];

/** What makes a message one that cannot be serialized. */
const UNSERIALIZABLE = 'unserializable';

/** JSON: what is proved here does not depend on protobuf, and a cell has one package less. */
function serialize(message: Message): Buffer {
  if (message.text === UNSERIALIZABLE) throw new Error('no bytes');
  return Buffer.from(JSON.stringify(message));
}

function deserialize(bytes: Buffer): Message {
  // Written by `serialize`, in this very process.
  return JSON.parse(bytes.toString()) as Message;
}

function method(shape: Shape): grpc.MethodDefinition<Message, Message> {
  return {
    path: `/test.Echo/${shape}`,
    requestStream: shape === 'ClientStream' || shape === 'Bidi',
    responseStream: shape === 'ServerStream' || shape === 'Bidi',
    requestSerialize: serialize,
    requestDeserialize: deserialize,
    responseSerialize: serialize,
    responseDeserialize: deserialize,
  };
}

export const METHODS = {
  Unary: method('Unary'),
  ClientStream: method('ClientStream'),
  ServerStream: method('ServerStream'),
  Bidi: method('Bidi'),
};

/** What a handler is to do; a call names it in its metadata. */
export const BEHAVIOUR_KEY = 'behaviour';

export const TOO_LARGE = 'x'.repeat(5000);

function behaviourOf({ metadata }: { readonly metadata: grpc.Metadata }): string {
  const behaviour = String(metadata.get(BEHAVIOUR_KEY)[0] ?? 'ok');
  if (behaviour === 'throw') throw new Error('thrown');
  return behaviour;
}

function errorOf(behaviour: string): (Error & { code?: number }) | undefined {
  if (behaviour === 'plain error') return new Error('plain');
  return behaviour.startsWith('code ')
    ? Object.assign(new Error('failed'), { code: Number(behaviour.slice(5)) })
    : undefined;
}

function answerTo(behaviour: string): Message {
  if (behaviour === 'unserializable') return { text: UNSERIALIZABLE };
  return { text: behaviour === 'too large' ? TOO_LARGE : 'answer' };
}

/** Told of every event of a handler's call, in the context that it came in. */
export type Watch = (event: string, call: { readonly metadata: grpc.Metadata }) => void;

function single(behaviour: string, callback: grpc.sendUnaryData<Message>): void {
  if (behaviour === 'hang') return;
  const error = errorOf(behaviour);
  if (error) callback(error);
  else callback(null, answerTo(behaviour));
}

interface Answering {
  write(message: Message): unknown;
  end(): unknown;
  emit(event: 'error', error: Error): unknown;
}

function stream(behaviour: string, call: Answering): void {
  if (behaviour === 'hang') return;
  const error = errorOf(behaviour);
  if (error) {
    call.emit('error', error);
    return;
  }
  call.write(answerTo(behaviour));
  call.end();
}

/** One handler per shape. */
export function handlers(watch: Watch): Record<Shape, grpc.UntypedHandleCall> {
  const unary: grpc.handleUnaryCall<Message, Message> = (call, callback) => {
    watch('handler', call);
    call.on('cancelled', () => watch('cancelled', call));
    single(behaviourOf(call), callback);
  };
  const clientStream: grpc.handleClientStreamingCall<Message, Message> = (call, callback) => {
    const behaviour = behaviourOf(call);
    watch('handler', call);
    call.on('cancelled', () => watch('cancelled', call));
    call.on('data', () => watch('data', call));
    call.on('end', () => {
      watch('end', call);
      single(behaviour, callback);
    });
  };
  const serverStream: grpc.handleServerStreamingCall<Message, Message> = (call) => {
    watch('handler', call);
    call.on('cancelled', () => watch('cancelled', call));
    stream(behaviourOf(call), call);
  };
  const bidi: grpc.handleBidiStreamingCall<Message, Message> = (call) => {
    const behaviour = behaviourOf(call);
    watch('handler', call);
    call.on('cancelled', () => watch('cancelled', call));
    call.on('data', () => watch('data', call));
    call.on('end', () => {
      watch('end', call);
      stream(behaviour, call);
    });
  };
  return { Unary: unary, ClientStream: clientStream, ServerStream: serverStream, Bidi: bidi };
}
