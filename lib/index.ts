/**
 * Interceptors that trace the calls of `@grpc/grpc-js`, and what goes with them.
 *
 * @module grpc-js-opentelemetry
 */

export { tracingClientInterceptor } from './client-interceptor.js';
export { tracingServerInterceptor } from './server-interceptor.js';
export { withTracing } from './with-tracing.js';
export { allOf, anyOf, healthCheck, method, not, reflection, service } from './filters.js';
export type { RpcFilter } from './rpc-filter.js';
export { spanId, traceFields, traceId, type TraceFields } from './log-context.js';
export { metadataGetter, metadataSetter } from './metadata-carrier.js';
export { GrpcTraceBinPropagator } from './propagators/grpc-trace-bin.js';
export { ServiceNamePropagator, type ServiceNameOptions } from './propagators/service-name.js';
export type { SemanticConventions } from './attributes.js';
export type { CallOutcome } from './call.js';
export type { CaptureMetadataOptions, ClientTracingOptions, ServerTracingOptions, TracingOptions } from './options.js';
export type { RpcInfo, RpcSide } from './rpc-info.js';
