// #region integrations: Datadog
import tracer from 'dd-trace';

// Before anything else is loaded.
const { TracerProvider } = tracer.init();
new TracerProvider().register();
// #endregion
