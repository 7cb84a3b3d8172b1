import type { Attributes } from '@opentelemetry/api';
import type { RpcInfo } from './rpc-info.js';
import {
  ATTR_ERROR_TYPE,
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_TYPE,
  ATTR_NETWORK_PEER_ADDRESS,
  ATTR_NETWORK_PEER_PORT,
  ATTR_RPC_METHOD,
  ATTR_RPC_STATUS_CODE,
  ATTR_RPC_SYSTEM_NAME,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  RPC_SYSTEM_NAME_VALUE_GRPC,
} from './semconv.js';
import type { Address } from './target.js';

/** What is known when a span starts, all of it, so that samplers see it. */
export function startAttributes(rpc: RpcInfo, server: Address | undefined, peer: Address | undefined): Attributes {
  const attributes: Attributes = {
    [ATTR_RPC_SYSTEM_NAME]: RPC_SYSTEM_NAME_VALUE_GRPC,
    [ATTR_RPC_METHOD]: rpc.fullMethod,
  };
  if (server !== undefined) {
    attributes[ATTR_SERVER_ADDRESS] = server.address;
    if (server.port !== undefined) attributes[ATTR_SERVER_PORT] = server.port;
  }
  if (peer !== undefined) Object.assign(attributes, peerAttributes(peer));
  return attributes;
}

export function peerAttributes({ address, port }: Address): Attributes {
  return port === undefined
    ? { [ATTR_NETWORK_PEER_ADDRESS]: address }
    : { [ATTR_NETWORK_PEER_ADDRESS]: address, [ATTR_NETWORK_PEER_PORT]: port };
}

export function endAttributes(codeName: string, failed: boolean): Attributes {
  return failed
    ? { [ATTR_RPC_STATUS_CODE]: codeName, [ATTR_ERROR_TYPE]: codeName }
    : { [ATTR_RPC_STATUS_CODE]: codeName };
}

/** Of the one `exception` event that an error leaves. gRPC sends no stack, so there is none. */
export function exceptionAttributes(codeName: string, details: string): Attributes {
  return { [ATTR_EXCEPTION_TYPE]: codeName, [ATTR_EXCEPTION_MESSAGE]: details };
}
