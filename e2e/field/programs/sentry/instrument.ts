// #region integrations: Sentry
import * as Sentry from '@sentry/node';

// Takes the DSN from SENTRY_DSN.
Sentry.init({ tracesSampleRate: 1, enableOpenTelemetrySetup: true });
// #endregion
