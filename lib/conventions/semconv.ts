/**
 * The names that spans and metrics bear, as OpenTelemetry's semantic conventions 1.45 have them. They stand here rather
 * than in a dependency because they are few; a test holds them against `@opentelemetry/semantic-conventions`.
 */

/** Of the release that the stable names are of. */
export const SCHEMA_URL = 'https://opentelemetry.io/schemas/1.45.0';

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
export const RPC_METHOD_VALUE_OTHER = '_OTHER';
export const RPC_SYSTEM_NAME_VALUE_GRPC = 'grpc';

// Release candidates: named by the conventions, not yet stable.

export const ATTR_RPC_REQUEST_HEADER = (key: string): string => `rpc.request.header.${key}`;
export const ATTR_RPC_RESPONSE_HEADER = (key: string): string => `rpc.response.header.${key}`;
export const ATTR_RPC_RESPONSE_TRAILER = (key: string): string => `rpc.response.trailer.${key}`;

// In development.

export const ATTR_CLIENT_SERVICE_NAME = 'client.service.name';
export const EVENT_RPC_CLIENT_CALL_EXCEPTION = 'rpc.client.call.exception';
export const EVENT_RPC_SERVER_CALL_EXCEPTION = 'rpc.server.call.exception';

// Superseded: for those who migrate. `rpc.method`, then the bare method, has kept its name.

export const ATTR_PEER_SERVICE = 'peer.service';
export const ATTR_RPC_GRPC_REQUEST_METADATA = (key: string): string => `rpc.grpc.request.metadata.${key}`;
export const ATTR_RPC_GRPC_RESPONSE_METADATA = (key: string): string => `rpc.grpc.response.metadata.${key}`;
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

// Those of OpenTelemetry's Java instrumentation, which has them as experimental attributes of its gRPC spans.

export const ATTR_GRPC_RECEIVED_MESSAGE_COUNT = 'grpc.received.message_count';
export const ATTR_GRPC_SENT_MESSAGE_COUNT = 'grpc.sent.message_count';

// This package's own, after `http.client.active_requests` and `http.server.active_requests`: the conventions have none for RPC.

export const METRIC_RPC_CLIENT_ACTIVE_REQUESTS = 'rpc.client.active_requests';
export const METRIC_RPC_SERVER_ACTIVE_REQUESTS = 'rpc.server.active_requests';
