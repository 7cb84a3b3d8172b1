import { JaegerExporter } from '@opentelemetry/exporter-jaeger';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  NodeTracerProvider,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-node';
import { endpointIn } from '../endpoint-variable.js';
import { WatchedExporter } from '../watched-exporter.js';

const otlp = endpointIn(process.env, 'OTEL_EXPORTER_OTLP_ENDPOINT');
const endpoint = otlp ?? endpointIn(process.env, 'JAEGER_ENDPOINT') ?? 'http://localhost:14268/api/traces';

/**
 * `@opentelemetry/exporter-jaeger` is deprecated upstream and gets no more security fixes: Jaeger takes OTLP itself since
 * 1.35, and with OTEL_EXPORTER_OTLP_ENDPOINT set, so it is sent.
 */
function newExporter(): SpanExporter {
  // The exporter reads the variable itself, and adds the signal's path to it.
  if (otlp !== undefined) return new OTLPTraceExporter();
  return new JaegerExporter({
    endpoint,
    // The exporter's shutdown leaves a timer of this length behind, which keeps the process alive. Nothing depends on it:
    // WatchedExporter waits for what is on its way.
    flushTimeout: 100,
  });
}

/** The pipeline of one process: every span, in batches, to Jaeger's collector. */
export function startTracing(serviceName: string) {
  const tracerProvider = new NodeTracerProvider({
    sampler: new AlwaysOnSampler(),
    resource: resourceFromAttributes({ 'service.name': serviceName, exporter: 'jaeger', float: 312.23 }),
    spanProcessors: [
      new BatchSpanProcessor(
        new WatchedExporter(newExporter(), {
          timeoutMillis: 5000,
          onDelivery: ({ spans, error }) => {
            if (error !== undefined) {
              console.error(
                `Spans lost: ${spans}. Jaeger at ${endpoint} did not take them (${error.message}). Is it running?`,
              );
            }
          },
        }),
      ),
    ],
  });
  const propagator = new CompositePropagator({
    propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
  });
  tracerProvider.register({ propagator });

  return {
    tracerProvider,
    propagator,
    /** Sends every span that has ended. The last thing a process does, after its servers and clients have closed. */
    shutdown: async (): Promise<void> => {
      // A batch that is refused rejects the flush too, and then the exporter would not be shut down. It has been reported.
      await tracerProvider.forceFlush().catch(() => undefined);
      await tracerProvider.shutdown();
    },
  };
}
