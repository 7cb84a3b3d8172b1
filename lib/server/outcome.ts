import { status, type ServerInterceptingCallInterface } from '@grpc/grpc-js';
import { report } from '../diagnostics/report.js';
import { knownCode, type CallOutcome } from '../rpc/status.js';
import type { ResponseStream } from './base-call.js';

/**
 * How close to its deadline a call must have been reset to count as timed out, on a server that is idle. The client resets a
 * call with the same code when its deadline passes and when it is cancelled, and its clock started one network latency before
 * the server's: 3 ms were measured on loopback. A caller that cancels by itself in this last moment is told as a timeout too.
 */
const DEADLINE_TOLERANCE_MS = 20;

/** When the client stops waiting; `Infinity` for never, and where an interceptor in plain JavaScript does not say. */
export function deadlineOf(call: Pick<ServerInterceptingCallInterface, 'getDeadline'>): Date | number {
  try {
    return call.getDeadline();
  } catch (error) {
    report('the deadline could not be read', error);
    return Infinity;
  }
}

/**
 * Whether a call that is over was, by its deadline, given up by its client.
 *
 * @param startDelayMs - how late the server may have read when the client stops waiting, in milliseconds: the timeout counts
 *   from when the headers are read, which on a busy event loop is later than they came
 * @param endedAt - when the call was over, in milliseconds since the epoch, as its deadline is
 */
export function hasTimedOut(deadline: Date | number, startDelayMs: number, endedAt: number): boolean {
  return endedAt >= Number(deadline) - startDelayMs - DEADLINE_TOLERANCE_MS;
}

/** What is known about a server call that is over. */
export interface EndedServerCall {
  /** Undefined where grpc-js does not show it: the outcome is then what the handler wanted. */
  readonly stream: ResponseStream | undefined;
  /** The status that the handler, or an interceptor, asked to send. */
  readonly wanted: CallOutcome | undefined;
  /** Whether the client had ended its side. */
  readonly halfClosed: boolean;
  /** Whether the client had stopped waiting by then, as far as the server can know. */
  readonly timedOut: boolean;
  /** When it was over, as `performance.now()` had it. */
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
  if (call.timedOut) return { code: status.DEADLINE_EXCEEDED, details: 'Deadline exceeded' };
  // By the client, a server that shuts down, a connection that aged out or broke: the stream ends alike.
  return { code: status.CANCELLED, details: 'No status reached the client' };
}

function wasResetBeforeStatus({ stream, halfClosed }: EndedServerCall): boolean {
  return stream !== undefined && halfClosed && stream.closed && stream.rstCode !== 0;
}

function sentStatus(stream: ResponseStream, wanted: CallOutcome | undefined): CallOutcome | undefined {
  const headers = stream.sentTrailers ?? stream.sentHeaders;
  if (headers?.['grpc-status'] === undefined) return undefined;
  const code = knownCode(Number(headers['grpc-status']));
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
