import type { Attributes } from '@opentelemetry/api';
import type { RpcInfo } from '../rpc/rpc-info.js';
import { codeName } from '../rpc/status.js';
import type { Address } from '../rpc/target.js';
import * as semconv from './semconv.js';

/** How one generation of the semantic conventions names what a call is and how it ended. */
export interface Convention {
  readonly addMethod: (attributes: Attributes, rpc: RpcInfo) => void;
  readonly addOutcome: (attributes: Attributes, code: number, failed: boolean) => void;
}

/** Of semantic conventions 1.45, where RPC is stable. */
export const STABLE: Convention = {
  addMethod(attributes, rpc) {
    attributes[semconv.ATTR_RPC_SYSTEM_NAME] = semconv.RPC_SYSTEM_NAME_VALUE_GRPC;
    // Never `_OTHER`: a server's interceptors see registered methods only, and a client knows what it calls.
    attributes[semconv.ATTR_RPC_METHOD] = rpc.fullMethod;
  },
  addOutcome(attributes, code, failed) {
    const name = codeName(code);
    attributes[semconv.ATTR_RPC_STATUS_CODE] = name;
    if (failed) attributes[semconv.ATTR_ERROR_TYPE] = name;
  },
};

/** Of the time before RPC was stable, which named the bare method and the number of the code. */
export const OLD: Convention = {
  addMethod(attributes, rpc) {
    attributes[semconv.ATTR_RPC_SYSTEM] = semconv.RPC_SYSTEM_VALUE_GRPC;
    attributes[semconv.ATTR_RPC_SERVICE] = rpc.service;
    attributes[semconv.ATTR_RPC_METHOD] = rpc.method;
  },
  addOutcome(attributes, code) {
    attributes[semconv.ATTR_RPC_GRPC_STATUS_CODE] = code;
  },
};

/** Which conventions a span follows. Where two give a key, the later one has it. */
export const CONVENTIONS = {
  stable: [STABLE],
  dup: [OLD, STABLE],
  old: [OLD],
} as const satisfies Record<string, readonly Convention[]>;

/**
 * Which semantic conventions spans and metrics follow: `stable`, those of 1.45; `old`, those from before RPC was stable;
 * `dup`, both at once, for those who migrate.
 *
 * @useDeclaredType
 */
export type SemanticConventions = keyof typeof CONVENTIONS;

export function addServer(attributes: Attributes, { address, port }: Address): void {
  attributes[semconv.ATTR_SERVER_ADDRESS] = address;
  if (port !== undefined) attributes[semconv.ATTR_SERVER_PORT] = port;
}

export function addPeer(attributes: Attributes, { address, port }: Address): void {
  attributes[semconv.ATTR_NETWORK_PEER_ADDRESS] = address;
  if (port !== undefined) attributes[semconv.ATTR_NETWORK_PEER_PORT] = port;
}

/** Of the one `exception` event that an error leaves. gRPC sends no stack, so there is none. */
export function exceptionAttributes(code: number, details: string): Attributes {
  return { [semconv.ATTR_EXCEPTION_TYPE]: codeName(code), [semconv.ATTR_EXCEPTION_MESSAGE]: details };
}

/** `size` in bytes, where it is known without serializing a second time. */
export function messageAttributes(sequenceNumber: number, size: number | undefined): Attributes {
  return size === undefined
    ? { [semconv.ATTR_SEQUENCE_NUMBER]: sequenceNumber }
    : { [semconv.ATTR_SEQUENCE_NUMBER]: sequenceNumber, [semconv.ATTR_MESSAGE_SIZE]: size };
}
