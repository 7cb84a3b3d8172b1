import type * as grpc from '@grpc/grpc-js';
import { Metadata, status } from '@grpc/grpc-js';
import type { Readable, Writable } from 'node:stream';
import type { EchoClient } from '../protos/types/test/Echo';
import type { Msg__Output } from '../protos/types/test/Msg';

export const SHAPES = ['Unary', 'ClientStream', 'ServerStream', 'Bidi'] as const;
export type Shape = (typeof SHAPES)[number];

export interface Result {
  readonly code: number;
  readonly details: string;
  readonly messages: readonly string[];
}

export interface Invocation {
  readonly call: { cancel(): void; getPeer(): string };
  /** Resolves when the first response message has arrived. */
  readonly firstMessage: Promise<void>;
  readonly result: Promise<Result>;
}

export interface InvokeOptions {
  readonly text?: string;
  readonly metadata?: grpc.Metadata;
  readonly callOptions?: grpc.CallOptions;
  /** Leave the caller's side of a streaming request open. */
  readonly keepOpen?: boolean;
}

/** Makes one call of the given shape, two request messages where they stream, and tells what the client got. */
export function invoke(client: EchoClient, shape: Shape, options: InvokeOptions = {}): Invocation {
  const { text = 'hello', metadata = new Metadata(), callOptions = {}, keepOpen = false } = options;
  const messages: string[] = [];
  let sawMessage = (): void => undefined;
  const firstMessage = new Promise<void>((resolve) => {
    sawMessage = resolve;
  });
  let finish: (result: Result) => void;
  const result = new Promise<Result>((resolve) => {
    finish = resolve;
  });
  const receive = (message: Msg__Output | undefined): void => {
    if (message === undefined) return;
    messages.push(message.text);
    sawMessage();
  };
  const onResponse = (error: grpc.ServiceError | null, response?: Msg__Output): void => {
    receive(response);
    finish({ code: error?.code ?? status.OK, details: error?.details ?? '', messages });
  };
  const read = (call: Readable): void => {
    call.on('data', receive);
    call.on('error', () => undefined);
    call.on('status', ({ code, details }: grpc.StatusObject) => finish({ code, details, messages }));
  };
  const write = (call: Writable): void => {
    call.write({ text });
    call.write({ text });
    if (!keepOpen) call.end();
  };
  switch (shape) {
    case 'Unary':
      return { call: client.Unary({ text }, metadata, callOptions, onResponse), firstMessage, result };
    case 'ClientStream': {
      const call = client.ClientStream(metadata, callOptions, onResponse);
      write(call);
      return { call, firstMessage, result };
    }
    case 'ServerStream': {
      const call = client.ServerStream({ text }, metadata, callOptions);
      read(call);
      return { call, firstMessage, result };
    }
    case 'Bidi': {
      const call = client.Bidi(metadata, callOptions);
      read(call);
      write(call);
      return { call, firstMessage, result };
    }
  }
}
