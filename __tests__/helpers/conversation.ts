import { Metadata } from '@grpc/grpc-js';
import type { EchoClient } from '../../protos/types/test/Echo';
import { Echo } from '../../tools/echo.js';
import type { Shape } from '../../tools/invoke.js';
import type { EchoMethods } from './echo.js';

const ANSWERS_KEY = 'answers';

/** Answers, each longer than the one before, as many as the call's metadata asks for. */
function answersTo({ metadata }: { readonly metadata: Metadata }): { text: string }[] {
  return Array.from({ length: Number(metadata.get(ANSWERS_KEY)[0]) }, (_, index) => ({ text: answerText(index) }));
}

export function requestText(index: number): string {
  return 'r'.repeat(index + 1);
}

export function answerText(index: number): string {
  return 'a'.repeat(10 * (index + 1));
}

/** How many bytes a message of the echo service takes. */
export function bytesOf(text: string): number {
  return Echo.service.Unary.requestSerialize({ text }).length;
}

const UP_TO_THREE = [0, 1, 2, 3];

/** How many requests and answers a call of each shape may have, up to three. */
export const LENGTHS: Readonly<Record<Shape, readonly (readonly [requests: number, answers: number])[]>> = {
  Unary: [[1, 1]],
  ClientStream: UP_TO_THREE.map((requests) => [requests, 1]),
  ServerStream: UP_TO_THREE.map((answers) => [1, answers]),
  Bidi: UP_TO_THREE.flatMap((requests) => UP_TO_THREE.map((answers) => [requests, answers] as const)),
};

/** Handlers that read all there is to read and then give the answers that {@link converse} asks for. */
export const conversingHandlers: EchoMethods = {
  Unary(call, callback) {
    callback(null, answersTo(call)[0]);
  },
  ClientStream(call, callback) {
    call.resume().on('end', () => callback(null, answersTo(call)[0]));
  },
  ServerStream(call) {
    for (const answer of answersTo(call)) call.write(answer);
    call.end();
  },
  Bidi(call) {
    call.resume().on('end', () => {
      for (const answer of answersTo(call)) call.write(answer);
      call.end();
    });
  },
};

/** Makes a call with so many requests and answers; resolves when the client has its status. */
export function converse(client: EchoClient, shape: Shape, requests: number, answers: number): Promise<unknown> {
  const metadata = new Metadata();
  metadata.set(ANSWERS_KEY, String(answers));
  const first = { text: requestText(0) };
  const write = (call: { write(message: object): unknown; end(): unknown }): void => {
    for (let index = 0; index < requests; index++) call.write({ text: requestText(index) });
    call.end();
  };
  return new Promise((resolve) => {
    switch (shape) {
      case 'Unary':
        client.Unary(first, metadata, resolve);
        break;
      case 'ClientStream':
        write(client.ClientStream(metadata, resolve));
        break;
      case 'ServerStream':
        client.ServerStream(first, metadata).resume().on('status', resolve);
        break;
      case 'Bidi': {
        const call = client.Bidi(metadata).resume().on('status', resolve);
        write(call);
      }
    }
  });
}
