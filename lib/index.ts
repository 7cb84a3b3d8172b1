/**
 * Interceptors that trace the calls of `@grpc/grpc-js`, and what goes with them.
 *
 * @module grpc-js-opentelemetry
 */

export { tracingClientInterceptor } from './client/interceptor.js';
export { tracingServerInterceptor } from './server/interceptor.js';
export { withTracing } from './client/with-tracing.js';
export { tracingCallInvocationTransformer } from './client/call-invocation-transformer.js';
export { tracingChannel } from './client/channel.js';
export { allOf, anyOf, healthCheck, method, not, reflection, service } from './rpc/filters.js';
export type { RpcFilter } from './rpc/rpc-filter.js';
export { spanId, traceFields, traceId, type TraceFields } from './log-context.js';
export { metadataGetter, metadataSetter } from './propagation/metadata-carrier.js';
export { GrpcTraceBinPropagator } from './propagation/grpc-trace-bin.js';
export { ServiceNamePropagator, type ServiceNameOptions } from './propagation/service-name.js';
export type { SemanticConventions } from './conventions/attributes.js';
export type { CallDetails } from './rpc/call-details.js';
export type { CallOutcome } from './rpc/status.js';
export type { ErrorLoggerProvider, ErrorRecord } from './signals/error-log.js';
export type {
  CaptureMetadataOptions,
  ClientTracingOptions,
  ErrorEvents,
  ServerTracingOptions,
  TracingOptions,
} from './options/options.js';
export type { RpcInfo, RpcSide } from './rpc/rpc-info.js';
