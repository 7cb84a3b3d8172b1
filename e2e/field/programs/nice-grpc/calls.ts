import { ClientError, Metadata, type CallOptions, type Client } from 'nice-grpc';
import type { RetryOptions } from 'nice-grpc-client-middleware-retry';
import type { EchoDefinition, Msg } from '../../../../protos/stubs/nice-grpc/echo.js';
import { BUSY, REFUSED } from './handlers.js';

export type EchoClient = Client<EchoDefinition, RetryOptions>;

const request: Msg = { text: 'hello', n: 1 };

async function* twice(): AsyncIterable<Msg> {
  yield request;
  yield request;
}

async function all(messages: AsyncIterable<Msg>): Promise<readonly Msg[]> {
  const read = [];
  for await (const message of messages) read.push(message);
  return read;
}

/** What the call came to, and what metadata came with it. */
async function outcome(call: (options: CallOptions) => Promise<unknown>): Promise<unknown> {
  const got: string[] = [];
  const note = (metadata: Metadata): void => void got.push(...metadata.getAll('x-name'));
  const options = { metadata: Metadata({ 'x-name': 'Ada' }), onHeader: note, onTrailer: note };
  const result = await call(options).catch((error: unknown) =>
    error instanceof ClientError ? { code: error.code, details: error.details } : String(error),
  );
  return { result, got };
}

/** Ends the call from outside when its first message has come. */
async function aborted(client: EchoClient, options: CallOptions): Promise<unknown> {
  const controller = new AbortController();
  const messages = [];
  const endless = (async function* (): AsyncIterable<Msg> {
    yield request;
    await new Promise((resolve) => controller.signal.addEventListener('abort', resolve));
  })();
  for await (const message of client.bidi(endless, { ...options, signal: controller.signal })) {
    messages.push(message);
    controller.abort();
  }
  return messages;
}

/** Four shapes, a call that is refused, and one that is aborted. */
export async function calls(client: EchoClient): Promise<unknown> {
  return [
    await outcome((options) => client.unary(request, options)),
    await outcome((options) => client.clientStream(twice(), options)),
    await outcome((options) => all(client.serverStream(request, options))),
    await outcome((options) => all(client.bidi(twice(), options))),
    await outcome((options) => client.unary({ ...request, text: REFUSED }, options)),
    await outcome((options) => aborted(client, options)),
  ];
}

/** A call that comes to something when it is made for the third time. */
export function retriedCall(client: EchoClient): Promise<unknown> {
  const retrying = { retry: true, retryBaseDelayMs: 1, retryMaxAttempts: 5 };
  return outcome((options) => client.unary({ ...request, text: BUSY }, { ...options, ...retrying }));
}
