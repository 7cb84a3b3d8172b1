import type { Attributes } from '@opentelemetry/api';
import type { RpcInfo } from './rpc-info.js';
import * as semconv from './semconv.js';
import { codeName } from './status.js';
import type { Address } from './target.js';

/** How one generation of the semantic conventions names what a call is and how it ended. */
export interface Convention {
  readonly method: (rpc: RpcInfo) => Attributes;
  readonly outcome: (code: number, failed: boolean) => Attributes;
}

/** Of semantic conventions 1.45, where RPC is stable. */
export const STABLE: Convention = {
  method: (rpc) => ({
    [semconv.ATTR_RPC_SYSTEM_NAME]: semconv.RPC_SYSTEM_NAME_VALUE_GRPC,
    // Never `_OTHER`: a server's interceptors see registered methods only, and a client knows what it calls.
    [semconv.ATTR_RPC_METHOD]: rpc.fullMethod,
  }),
  outcome: (code, failed) => {
    const name = codeName(code);
    return failed
      ? { [semconv.ATTR_RPC_STATUS_CODE]: name, [semconv.ATTR_ERROR_TYPE]: name }
      : { [semconv.ATTR_RPC_STATUS_CODE]: name };
  },
};

/** Of the time before RPC was stable, which named the bare method and the number of the code. */
export const OLD: Convention = {
  method: (rpc) => ({
    [semconv.ATTR_RPC_SYSTEM]: semconv.RPC_SYSTEM_VALUE_GRPC,
    [semconv.ATTR_RPC_SERVICE]: rpc.service,
    [semconv.ATTR_RPC_METHOD]: rpc.method,
  }),
  outcome: (code) => ({ [semconv.ATTR_RPC_GRPC_STATUS_CODE]: code }),
};

/** Which conventions a span follows. Where two give a key, the later one has it. */
export const CONVENTIONS = {
  stable: [STABLE],
  dup: [OLD, STABLE],
  old: [OLD],
} as const satisfies Record<string, readonly Convention[]>;

export type SemanticConventions = keyof typeof CONVENTIONS;

export function methodAttributes(conventions: readonly Convention[], rpc: RpcInfo): Attributes {
  const attributes: Attributes = {};
  for (const { method } of conventions) Object.assign(attributes, method(rpc));
  return attributes;
}

export function outcomeAttributes(conventions: readonly Convention[], code: number, failed: boolean): Attributes {
  const attributes: Attributes = {};
  for (const { outcome } of conventions) Object.assign(attributes, outcome(code, failed));
  return attributes;
}

export function serverAttributes({ address, port }: Address): Attributes {
  return port === undefined
    ? { [semconv.ATTR_SERVER_ADDRESS]: address }
    : { [semconv.ATTR_SERVER_ADDRESS]: address, [semconv.ATTR_SERVER_PORT]: port };
}

export function peerAttributes({ address, port }: Address): Attributes {
  return port === undefined
    ? { [semconv.ATTR_NETWORK_PEER_ADDRESS]: address }
    : { [semconv.ATTR_NETWORK_PEER_ADDRESS]: address, [semconv.ATTR_NETWORK_PEER_PORT]: port };
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
