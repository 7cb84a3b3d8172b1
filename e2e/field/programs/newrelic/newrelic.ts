// #region integrations: New Relic
// newrelic.js
export const config = {
  opentelemetry: { enabled: true, traces: { enabled: true } },
  instrumentation: { '@grpc/grpc-js': { enabled: false }, http2: { enabled: false } },
};
// #endregion
