/**
 * The names that spans and metrics bear, as OpenTelemetry's semantic conventions 1.45 have them. They stand here rather
 * than in a dependency because they are few; a test holds them against `@opentelemetry/semantic-conventions`.
 */

// Stable.

export const ATTR_ERROR_TYPE = 'error.type';
export const ATTR_EXCEPTION_MESSAGE = 'exception.message';
export const ATTR_EXCEPTION_TYPE = 'exception.type';
export const ATTR_NETWORK_PEER_ADDRESS = 'network.peer.address';
export const ATTR_NETWORK_PEER_PORT = 'network.peer.port';
export const ATTR_RPC_METHOD = 'rpc.method';
export const ATTR_RPC_STATUS_CODE = 'rpc.status_code';
export const ATTR_RPC_SYSTEM_NAME = 'rpc.system.name';
export const ATTR_SERVER_ADDRESS = 'server.address';
export const ATTR_SERVER_PORT = 'server.port';
export const EVENT_EXCEPTION = 'exception';
export const METRIC_RPC_CLIENT_CALL_DURATION = 'rpc.client.call.duration';
export const METRIC_RPC_SERVER_CALL_DURATION = 'rpc.server.call.duration';
export const RPC_SYSTEM_NAME_VALUE_GRPC = 'grpc';

// In development: named by the conventions, not yet stable.

export const ATTR_RPC_REQUEST_HEADER = (key: string): string => `rpc.request.header.${key}`;
export const ATTR_RPC_RESPONSE_HEADER = (key: string): string => `rpc.response.header.${key}`;
export const ATTR_RPC_RESPONSE_TRAILER = (key: string): string => `rpc.response.trailer.${key}`;

// Superseded: for those who migrate. `rpc.method`, then the bare method, has kept its name.

export const ATTR_PEER_SERVICE = 'peer.service';
export const ATTR_RPC_GRPC_STATUS_CODE = 'rpc.grpc.status_code';
export const ATTR_RPC_SERVICE = 'rpc.service';
export const ATTR_RPC_SYSTEM = 'rpc.system';
export const METRIC_RPC_CLIENT_DURATION = 'rpc.client.duration';
export const METRIC_RPC_SERVER_DURATION = 'rpc.server.duration';
export const RPC_SYSTEM_VALUE_GRPC = 'grpc';

// gRPC's own, of gRFC A72: https://github.com/grpc/proposal/blob/master/A72-open-telemetry-tracing.md

export const ATTR_MESSAGE_SIZE = 'message-size';
export const ATTR_PREVIOUS_RPC_ATTEMPTS = 'previous-rpc-attempts';
export const ATTR_SEQUENCE_NUMBER = 'sequence-number';
export const EVENT_INBOUND_MESSAGE = 'Inbound message';
export const EVENT_OUTBOUND_MESSAGE = 'Outbound message';
