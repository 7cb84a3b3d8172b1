export { tracingClientInterceptor, withTracing } from './client-interceptor.js';
export { tracingServerInterceptor } from './server-interceptor.js';
export { metadataGetter, metadataSetter } from './metadata-carrier.js';
export type { ClientTracingOptions, ServerTracingOptions, TracingOptions } from './options.js';
