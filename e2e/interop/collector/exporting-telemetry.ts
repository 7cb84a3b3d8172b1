import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import type { Telemetry } from '../../../examples/demo/telemetry.js';
import { WatchedExporter } from '../../../examples/watched-exporter.js';

/** A span that finds no place in the queue is dropped: this process makes many more of them than a service would. */
const MAX_QUEUE_SIZE = 100_000;
const TIMEOUT_MILLIS = 10_000;
/** The SDK's own default is 5 s, which would take half of the time that the sampling collectors wait. */
const SEND_EVERY_MILLIS = 1000;

/** A service's telemetry, as it would be in production: every span to a collector, in batches. */
export class ExportingTelemetry implements Telemetry {
  readonly tracerProvider: BasicTracerProvider;
  readonly #failures: Error[] = [];

  constructor(serviceName: string, recorder: SpanProcessor, url: string) {
    const exporter = new WatchedExporter(new OTLPTraceExporter({ url }), {
      timeoutMillis: TIMEOUT_MILLIS,
      onDelivery: ({ error }) => {
        if (error !== undefined) this.#failures.push(error);
      },
    });
    this.tracerProvider = new BasicTracerProvider({
      sampler: new AlwaysOnSampler(),
      resource: resourceFromAttributes({ 'service.name': serviceName }),
      spanProcessors: [
        recorder,
        new BatchSpanProcessor(exporter, { maxQueueSize: MAX_QUEUE_SIZE, scheduledDelayMillis: SEND_EVERY_MILLIS }),
      ],
    });
  }

  /** @throws where a batch was not taken */
  async shutdown(): Promise<void> {
    await this.tracerProvider.forceFlush();
    await this.tracerProvider.shutdown();
    const [failure] = this.#failures;
    if (failure !== undefined) throw failure;
  }
}
