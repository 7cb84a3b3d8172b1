import type { Attributes } from '@opentelemetry/api';
import type { RpcInfo } from '../rpc/rpc-info.js';
import { codeName } from '../rpc/status.js';
import type { Address } from '../rpc/target.js';
import * as semconv from './semconv.js';

/** How one generation of the semantic conventions names what a call is and how it ended. */
export interface Convention {
  readonly addMethod: (attributes: Attributes, rpc: RpcInfo) => void;
  readonly addOutcome: (attributes: Attributes, code: number, failed: boolean) => void;
  /** Of the service that a server is called by. */
  readonly callerName: string;
  readonly requestHeader: (key: string) => string;
  readonly responseHeader: (key: string) => string;
}

/** Of semantic conventions 1.45, where RPC is stable. */
export const STABLE: Convention = {
  addMethod(attributes, rpc) {
    attributes[semconv.ATTR_RPC_SYSTEM_NAME] = semconv.RPC_SYSTEM_NAME_VALUE_GRPC;
    // A span never says `_OTHER`: a server's interceptors see registered methods only, and a client knows what it calls.
    attributes[semconv.ATTR_RPC_METHOD] = rpc.fullMethod;
  },
  addOutcome(attributes, code, failed) {
    const name = codeName(code);
    attributes[semconv.ATTR_RPC_STATUS_CODE] = name;
    if (failed) attributes[semconv.ATTR_ERROR_TYPE] = name;
  },
  callerName: semconv.ATTR_CLIENT_SERVICE_NAME,
  requestHeader: semconv.ATTR_RPC_REQUEST_HEADER,
  responseHeader: semconv.ATTR_RPC_RESPONSE_HEADER,
};

/** Of the time before RPC was stable, which named the bare method and the number of the code. */
export const OLD: Convention = {
  addMethod(attributes, rpc) {
    attributes[semconv.ATTR_RPC_SYSTEM] = semconv.RPC_SYSTEM_VALUE_GRPC;
    if (rpc.service !== '') attributes[semconv.ATTR_RPC_SERVICE] = rpc.service;
    attributes[semconv.ATTR_RPC_METHOD] = rpc.method;
  },
  addOutcome(attributes, code) {
    attributes[semconv.ATTR_RPC_GRPC_STATUS_CODE] = code;
  },
  callerName: semconv.ATTR_PEER_SERVICE,
  requestHeader: semconv.ATTR_RPC_GRPC_REQUEST_METADATA,
  responseHeader: semconv.ATTR_RPC_GRPC_RESPONSE_METADATA,
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

/** What a provider is told of the schema that its spans, metrics or records follow. The older conventions follow no one. */
export function schemaOf(conventions: SemanticConventions): { readonly schemaUrl?: string } {
  return conventions === 'stable' ? { schemaUrl: semconv.SCHEMA_URL } : {};
}

export function addServer(attributes: Attributes, { address, port }: Address): void {
  attributes[semconv.ATTR_SERVER_ADDRESS] = address;
  if (port !== undefined) attributes[semconv.ATTR_SERVER_PORT] = port;
}

export function addPeer(attributes: Attributes, { address, port }: Address): void {
  attributes[semconv.ATTR_NETWORK_PEER_ADDRESS] = address;
  if (port !== undefined) attributes[semconv.ATTR_NETWORK_PEER_PORT] = port;
}

/** Of the exception that an error leaves, as an event or a record. gRPC sends no stack, so there is none. */
export function exceptionAttributes(code: number, details: string): Attributes {
  return { [semconv.ATTR_EXCEPTION_TYPE]: codeName(code), [semconv.ATTR_EXCEPTION_MESSAGE]: details };
}

/** `size` in bytes, where it is known without serializing a second time. */
export function messageAttributes(sequenceNumber: number, size: number | undefined): Attributes {
  return size === undefined
    ? { [semconv.ATTR_SEQUENCE_NUMBER]: sequenceNumber }
    : { [semconv.ATTR_SEQUENCE_NUMBER]: sequenceNumber, [semconv.ATTR_MESSAGE_SIZE]: size };
}

/** Of the span of a call that is over. */
export function addMessageCounts(attributes: Attributes, sent: number, received: number): void {
  attributes[semconv.ATTR_GRPC_SENT_MESSAGE_COUNT] = sent;
  attributes[semconv.ATTR_GRPC_RECEIVED_MESSAGE_COUNT] = received;
}
