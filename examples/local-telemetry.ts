import { resourceFromAttributes } from '@opentelemetry/resources';
import { AlwaysOnSampler, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { InMemoryTelemetry } from 'grpc-js-opentelemetry/testing';

/** A tracer provider whose spans stay in memory, to be printed. Not registered: several may be in one process. */
export function localTelemetry(serviceName: string): InMemoryTelemetry<NodeTracerProvider> {
  return new InMemoryTelemetry(
    (recorder) =>
      new NodeTracerProvider({
        // Said out loud, so that OTEL_TRACES_SAMPLER cannot hide what an example is about.
        sampler: new AlwaysOnSampler(),
        resource: resourceFromAttributes({ 'service.name': serviceName }),
        spanProcessors: [recorder],
      }),
  );
}
