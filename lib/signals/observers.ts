import type { MeterProvider, Tracer, TracerProvider } from '@opentelemetry/api';
import type { SemanticConventions } from '../conventions/attributes.js';
import type { RpcSide } from '../rpc/rpc-info.js';
import { hintUnobserved } from './hints.js';
import { durationsOf, type Durations } from './metrics.js';
import { tracerOf } from './tracer.js';

/** Whom a call is told to, one of them at least. */
export interface Observers {
  readonly tracer: Tracer | undefined;
  readonly durations: Durations | undefined;
}

/** Where they come from: the given providers, else the global ones. */
export interface ObserverSources {
  readonly side: RpcSide;
  readonly tracerProvider: TracerProvider | undefined;
  readonly tracerName: string;
  readonly meterProvider: MeterProvider | undefined;
  readonly conventions: SemanticConventions;
}

/**
 * Who observes calls now, to be asked once per call, for each look-up goes through the globals of the API. The same object
 * as long as they stay the same; undefined as long as there is nobody.
 */
export function observersOf(sources: ObserverSources): () => Observers | undefined {
  const tracerNow = tracerOf(sources.tracerProvider, sources.tracerName);
  const durationsNow = durationsOf(sources.meterProvider, sources.side, sources.conventions);
  let observers: Observers | undefined;
  return () => {
    const tracer = tracerNow();
    const durations = durationsNow();
    if (tracer === undefined && durations === undefined) {
      hintUnobserved();
      return undefined;
    }
    if (observers?.tracer !== tracer || observers?.durations !== durations) observers = { tracer, durations };
    return observers;
  };
}
