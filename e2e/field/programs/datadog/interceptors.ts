// #region integrations: Datadog
import { tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';

export const serverInterceptors = [tracingServerInterceptor({ attributes: { 'span.type': 'web' } })];
export const clientInterceptors = [tracingClientInterceptor({ attributes: { 'span.type': 'http' } })];
// #endregion
