// #region integrations: New Relic
import { tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';

export const serverInterceptors = [tracingServerInterceptor({ semanticConventions: 'old' })];
export const clientInterceptors = [tracingClientInterceptor({ semanticConventions: 'old' })];
// #endregion
