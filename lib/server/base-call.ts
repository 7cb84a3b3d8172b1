import type { ServerInterceptingCallInterface } from '@grpc/grpc-js';
import type { OutgoingHttpHeaders, ServerHttp2Stream } from 'node:http2';

/** What an outcome is read from. Node's own type does not say that there are no headers before they are sent. */
export interface ResponseStream extends Pick<ServerHttp2Stream, 'closed' | 'destroyed' | 'errored' | 'rstCode' | 'on'> {
  readonly sentHeaders?: OutgoingHttpHeaders | undefined;
  readonly sentTrailers?: OutgoingHttpHeaders | undefined;
}

/** grpc-js's own call, below all interceptors. */
export interface BaseServerCall extends ServerInterceptingCallInterface {
  /**
   * The HTTP/2 stream. Several endings never pass an interceptor, and a `sendStatus` that does is only what the handler
   * wanted: the stream alone knows what was sent.
   */
  readonly stream: ResponseStream;
}

/** grpc-js keeps these private; the server's side reads them nowhere else. */
interface PrivateCall {
  readonly stream?: unknown;
  readonly nextCall?: unknown;
}

/**
 * The call that grpc-js made for a stream, from the call that an interceptor is handed. Undefined where grpc-js has moved
 * what it is known by, and below calls that others have made: whoever asks makes do with what passes the interceptor.
 */
export function baseCallOf(call: ServerInterceptingCallInterface): BaseServerCall | undefined {
  // The interface does not show the private members; both are read as unknown and checked.
  let current: unknown = call;
  while (typeof current === 'object' && current !== null) {
    if (isBaseCall(current)) return current;
    current = (current as PrivateCall).nextCall;
  }
  return undefined;
}

function isBaseCall(call: object): call is BaseServerCall {
  const { stream } = call as PrivateCall;
  return (
    typeof stream === 'object' && stream !== null && 'rstCode' in stream && 'sentHeaders' in stream && 'start' in call
  );
}
