import type { Tracer, TracerProvider } from '@opentelemetry/api';
import { schemaOf } from '../conventions/attributes.js';
import { errorLogOf, type ErrorLog, type ErrorLogSources } from './error-log.js';
import { hintUnobserved } from './hints.js';
import { metricsOf, type CallMetrics, type MetricSources } from './metrics.js';
import { tracerOf } from './tracer.js';

/** Whom a call is told to, one of them at least. */
export interface Observers {
  readonly tracer: Tracer | undefined;
  readonly metrics: CallMetrics | undefined;
  readonly errorLog: ErrorLog | undefined;
}

/** Where they come from: the given providers, else the global ones. */
export interface ObserverSources extends MetricSources, ErrorLogSources {
  readonly tracerProvider: TracerProvider | undefined;
  readonly tracerName: string;
  /** Whether failures are logged at all. */
  readonly errorLogs: boolean;
}

/**
 * Who observes calls now, to be asked once per call, for each look-up goes through the globals of the API. The same object
 * as long as they stay the same; undefined as long as there is nobody.
 */
export function observersOf(sources: ObserverSources): () => Observers | undefined {
  const tracerNow = tracerOf(sources.tracerProvider, sources.tracerName, schemaOf(sources.conventions));
  const metricsNow = metricsOf(sources);
  const errorLogNow = sources.errorLogs ? errorLogOf(sources) : (): undefined => undefined;
  let observers: Observers | undefined;
  return () => {
    const tracer = tracerNow();
    const metrics = metricsNow();
    const errorLog = errorLogNow();
    if (tracer === undefined && metrics === undefined && errorLog === undefined) {
      hintUnobserved();
      return undefined;
    }
    if (observers?.tracer !== tracer || observers?.metrics !== metrics || observers?.errorLog !== errorLog)
      observers = { tracer, metrics, errorLog };
    return observers;
  };
}
