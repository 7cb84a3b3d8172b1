import { status, type ServerInterceptingCallInterface } from '@grpc/grpc-js';
import type { OutgoingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { report } from '../diagnostics/report.js';
import type { CallOutcome } from '../rpc/status.js';

/**
 * How close to its deadline a call must have been reset to count as timed out. The client's clock started one network
 * latency before the server's, so its reset can arrive before the deadline that the server computed: 3 ms were measured
 * on loopback. A caller that cancels by itself in this last moment is told as a timeout too.
 */
const DEADLINE_TOLERANCE_MS = 20;

/** grpc-js keeps these private; read nowhere else. */
interface PrivateCall {
  readonly stream?: unknown;
  readonly nextCall?: unknown;
}

/** What the outcome is read from. Node's own type does not say that there are no headers before they are sent. */
export interface ResponseStream extends Pick<ServerHttp2Stream, 'closed' | 'destroyed' | 'errored' | 'rstCode' | 'on'> {
  readonly sentHeaders?: OutgoingHttpHeaders | undefined;
  readonly sentTrailers?: OutgoingHttpHeaders | undefined;
}

/**
 * The HTTP/2 stream of a call. Several endings never pass an interceptor, and a `sendStatus` that does is only what the
 * handler wanted: the stream alone knows what was sent. Undefined when grpc-js has moved it; `serverOutcome` then makes
 * do with what passed.
 */
export function streamOf(call: ServerInterceptingCallInterface): ResponseStream | undefined {
  // The interface does not show the private members; both are read as unknown and checked.
  let current: unknown = call;
  while (typeof current === 'object' && current !== null) {
    const { stream, nextCall } = current as PrivateCall;
    if (isResponseStream(stream)) return stream;
    current = nextCall;
  }
  return undefined;
}

function isResponseStream(value: unknown): value is ResponseStream {
  return typeof value === 'object' && value !== null && 'rstCode' in value && 'sentHeaders' in value;
}

/** When the client stops waiting; `Infinity` for never, and where an interceptor in plain JavaScript does not say. */
export function deadlineOf(call: Pick<ServerInterceptingCallInterface, 'getDeadline'>): Date | number {
  try {
    return call.getDeadline();
  } catch (error) {
    report('the deadline could not be read', error);
    return Infinity;
  }
}

/** What is known about a server call that is over. */
export interface EndedServerCall {
  readonly stream: ResponseStream | undefined;
  /** The status that the handler, or an interceptor, asked to send. */
  readonly wanted: CallOutcome | undefined;
  /** Whether the client had ended its side. */
  readonly halfClosed: boolean;
  readonly deadline: Date | number;
  /** When the call was over, in milliseconds since the epoch, as its deadline is. */
  readonly endedAt: number;
  /** The same, as `performance.now()` had it. */
  readonly endTime: number;
}

/**
 * Whether the stream has yet to say if the status reached the client. Once both sides have ended, HTTP/2 closes the
 * stream without an error as soon as the trailers are out; a reset code at the close tells that the client gave up
 * before, or that the connection broke in that very moment, when nobody can know (162 of a million calls in
 * docs/storm.md). A client that has not ended its side may reset a stream that it has no more use for (grpc-java does)
 * after it got the status, so there the close tells nothing.
 *
 * A stream that has failed, because a handler wrote to it after its end, never closes.
 *
 * The wait costs a listener, 0.1 µs a call, and the span is handed over one turn of the event loop later, with the end
 * time that it had. Without it, calls that their clients had cancelled would be told as OK.
 */
export function awaitsClose({ stream, halfClosed }: EndedServerCall): boolean {
  return stream !== undefined && halfClosed && !stream.closed && !stream.destroyed && !stream.errored;
}

/** What the client got. */
export function serverOutcome(call: EndedServerCall): CallOutcome {
  const sent = call.stream === undefined ? call.wanted : sentStatus(call.stream, call.wanted);
  if (sent !== undefined && !wasResetBeforeStatus(call)) return sent;
  if (call.endedAt >= Number(call.deadline) - DEADLINE_TOLERANCE_MS) {
    return { code: status.DEADLINE_EXCEEDED, details: 'Deadline exceeded' };
  }
  return { code: status.CANCELLED, details: 'Cancelled by the client' };
}

function wasResetBeforeStatus({ stream, halfClosed }: EndedServerCall): boolean {
  return stream !== undefined && halfClosed && stream.closed && stream.rstCode !== 0;
}

function sentStatus(stream: ResponseStream, wanted: CallOutcome | undefined): CallOutcome | undefined {
  const headers = stream.sentTrailers ?? stream.sentHeaders;
  if (headers?.['grpc-status'] === undefined) return undefined;
  const code = Number(headers['grpc-status']);
  return wanted?.code === code ? wanted : { code, details: decoded(String(headers['grpc-message'] ?? '')) };
}

/** grpc-js percent-encodes the details on their way into the header. */
function decoded(message: string): string {
  try {
    return decodeURI(message);
  } catch {
    return message;
  }
}
