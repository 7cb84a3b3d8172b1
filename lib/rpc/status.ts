import { status } from '@grpc/grpc-js';
import type { RpcSide } from './rpc-info.js';

/** How a call ended: what the client got. */
export interface CallOutcome {
  /** 0 to 16 by gRPC's list; a peer may send others. */
  readonly code: number;
  /** The status message that came with the code; empty where there was none. */
  readonly details: string;
}

/**
 * Which codes are a server's own errors: the rest tell the client about its own request, or are the client's own doing. A
 * rule of the semantic conventions: https://opentelemetry.io/docs/specs/semconv/rpc/grpc/#grpc-status
 */
const SERVER_ERRORS: ReadonlySet<number> = new Set([
  status.UNKNOWN,
  status.DEADLINE_EXCEEDED,
  status.UNIMPLEMENTED,
  status.INTERNAL,
  status.UNAVAILABLE,
  status.DATA_LOSS,
]);

/** A code that a peer sent, or that an interceptor in plain JavaScript made up: what is no whole number is UNKNOWN. */
export function knownCode(code: unknown): number {
  return typeof code === 'number' && Number.isInteger(code) ? code : status.UNKNOWN;
}

/** The code's name, `DEADLINE_EXCEEDED`; of a number that gRPC has not defined, the number as a decimal string. */
export function codeName(code: number): string {
  // grpc-js's enumeration maps names to codes and codes to names.
  return status[code] ?? String(code);
}

/** Whether gRPC has defined the code. */
export function isDefinedCode(code: number): boolean {
  return status[code] !== undefined;
}

/** For a caller, whatever is not OK is an error. */
function isClientError(code: number): boolean {
  return code !== 0;
}

/** For a server, only what it is to blame for is an error. */
function isServerError(code: number): boolean {
  // Clients take a code that gRPC has not defined for UNKNOWN, which is an error.
  return SERVER_ERRORS.has(code) || !isDefinedCode(code);
}

/** The conventions' rule for a side: the one answer to whether a call failed. */
export function isError(side: RpcSide, code: number): boolean {
  return side === 'client' ? isClientError(code) : isServerError(code);
}
