import { trace } from '@opentelemetry/api';
import { ServerError, Status, type CallContext } from 'nice-grpc';
import type { EchoServiceImplementation } from '../../../../protos/stubs/nice-grpc/echo.js';

/** Requests that are not echoed. */
export const REFUSED = 'refuse';
export const BUSY = 'busy';

const HEADER = 'x-name';

/** How often a call that finds the service busy is made until it does not. */
const BUSY_CALLS = 3;

/** Below the SERVER span, where its context is active. */
function handled(): void {
  trace.getTracer('application').startSpan('handled').end();
}

/** Both kinds of metadata that a caller can get. */
function greet({ metadata, header, trailer }: CallContext): void {
  const name = metadata.get(HEADER) ?? 'nobody';
  header.set(HEADER, `hello ${name}`);
  trailer.set(HEADER, `goodbye ${name}`);
}

export function echoService(): EchoServiceImplementation {
  let busyCalls = 0;
  return {
    async unary({ text, n }, context) {
      handled();
      greet(context);
      if (text === REFUSED) throw new ServerError(Status.NOT_FOUND, 'no such thing');
      if (text === BUSY && ++busyCalls < BUSY_CALLS) throw new ServerError(Status.UNAVAILABLE, 'busy');
      return { text, n };
    },
    async clientStream(requests, context) {
      handled();
      greet(context);
      const texts = [];
      for await (const { text } of requests) texts.push(text);
      return { text: texts.join() };
    },
    async *serverStream(request, context) {
      handled();
      greet(context);
      yield request;
      yield request;
    },
    async *bidi(requests, context) {
      handled();
      greet(context);
      yield* requests;
    },
  };
}
