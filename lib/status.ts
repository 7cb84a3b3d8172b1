import type { RpcSide } from './rpc-info.js';

interface CodeRule {
  readonly name: string;
  /** Whether the server is to blame. The rest tell the client about its own request, or are the client's own doing. */
  readonly serverError: boolean;
}

/**
 * The codes of https://github.com/grpc/grpc/blob/master/doc/statuscodes.md, at their numbers. Which are errors of a
 * server is a rule of the semantic conventions:
 * https://opentelemetry.io/docs/specs/semconv/rpc/grpc/#grpc-status
 */
const RULES: readonly CodeRule[] = Object.freeze([
  { name: 'OK', serverError: false },
  { name: 'CANCELLED', serverError: false },
  { name: 'UNKNOWN', serverError: true },
  { name: 'INVALID_ARGUMENT', serverError: false },
  { name: 'DEADLINE_EXCEEDED', serverError: true },
  { name: 'NOT_FOUND', serverError: false },
  { name: 'ALREADY_EXISTS', serverError: false },
  { name: 'PERMISSION_DENIED', serverError: false },
  { name: 'RESOURCE_EXHAUSTED', serverError: false },
  { name: 'FAILED_PRECONDITION', serverError: false },
  { name: 'ABORTED', serverError: false },
  { name: 'OUT_OF_RANGE', serverError: false },
  { name: 'UNIMPLEMENTED', serverError: true },
  { name: 'INTERNAL', serverError: true },
  { name: 'UNAVAILABLE', serverError: true },
  { name: 'DATA_LOSS', serverError: true },
  { name: 'UNAUTHENTICATED', serverError: false },
]);

/** The code's name, `DEADLINE_EXCEEDED`; of a number that gRPC has not defined, the number as a decimal string. */
export function codeName(code: number): string {
  return RULES[code]?.name ?? String(code);
}

/** For a caller, whatever is not OK is an error. */
export function isClientError(code: number): boolean {
  return code !== 0;
}

/** For a server, only what it is to blame for is an error. */
export function isServerError(code: number): boolean {
  // Clients take a code that gRPC has not defined for UNKNOWN, which is an error.
  return RULES[code]?.serverError ?? true;
}

/** The conventions' rule for a side: the one answer to whether a call failed. */
export function isError(side: RpcSide, code: number): boolean {
  return side === 'client' ? isClientError(code) : isServerError(code);
}
