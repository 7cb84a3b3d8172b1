import type { TracerProvider } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
} from '@opentelemetry/sdk-trace-node';
import type { Outlet } from './outlet.js';
import type { SpanRecorder } from './span-recorder.js';

/** What one service traces with. Several live in this process, so none of them is registered globally. */
export interface Telemetry {
  readonly tracerProvider: TracerProvider;
  shutdown(): Promise<void>;
}

/** Makes the telemetry of one service: a provider of its own, whose resource has the service's name. */
export function startTelemetry(serviceName: string, recorder: SpanRecorder, outlets: readonly Outlet[]): Telemetry {
  const tracerProvider = new BasicTracerProvider({
    // Said out loud: OTEL_TRACES_SAMPLER cannot hide the trace that the demo is about, only a caller can.
    sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    spanProcessors: [recorder, ...outlets.map((outlet) => new BatchSpanProcessor(outlet.newExporter()))],
  });
  return {
    tracerProvider,
    async shutdown() {
      // It rejects when an endpoint is down, which the outlet tells; a shutdown that met it would leave exporters open.
      await tracerProvider.forceFlush().catch(() => undefined);
      await tracerProvider.shutdown();
    },
  };
}
