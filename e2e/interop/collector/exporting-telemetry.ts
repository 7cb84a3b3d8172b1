import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-node';
import { InMemoryTelemetry } from 'grpc-js-opentelemetry/testing';

/** A span that finds no place in the queue is dropped: this process makes many more of them than a service would. */
const MAX_QUEUE_SIZE = 100_000;
/** The SDK's own default is 5 s, which would take half of the time that the sampling collectors wait. */
const SEND_EVERY_MILLIS = 1000;
/** For the spans that are still open when all calls are over. */
const PATIENCE_MILLIS = 5000;

/** A service's telemetry, as it would be in production: every span to a collector, in batches. */
export class ExportingTelemetry {
  readonly #exporter: NotingExporter;
  readonly #recorded: InMemoryTelemetry<BasicTracerProvider>;

  constructor(serviceName: string, url: string) {
    const exporter = new NotingExporter({ url });
    const queue = { maxQueueSize: MAX_QUEUE_SIZE, scheduledDelayMillis: SEND_EVERY_MILLIS };
    this.#exporter = exporter;
    this.#recorded = new InMemoryTelemetry(
      (recorder) =>
        new BasicTracerProvider({
          sampler: new AlwaysOnSampler(),
          resource: resourceFromAttributes({ 'service.name': serviceName }),
          spanProcessors: [recorder, new BatchSpanProcessor(exporter, queue)],
        }),
    );
  }

  get tracerProvider(): BasicTracerProvider {
    return this.#recorded.tracerProvider;
  }

  /**
   * Waits for the spans to end, and sends what has not been sent. @returns all that were recorded
   *
   * @throws where a batch was not taken
   */
  async shutdown(): Promise<readonly ReadableSpan[]> {
    const spans = await this.#recorded.allEnded({ timeoutMillis: PATIENCE_MILLIS });
    await this.#recorded.shutdown();
    if (this.#exporter.failure !== undefined) throw this.#exporter.failure;
    // The cast: the recorder keeps them as the SDK hands them over.
    return spans as readonly ReadableSpan[];
  }
}

/** A flush and a shutdown reject for the batches that they send themselves; of one that the timer has sent, nobody hears. */
class NotingExporter extends OTLPTraceExporter {
  failure: Error | undefined;

  override export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    super.export(spans, (result) => {
      if (result.code !== ExportResultCode.SUCCESS)
        this.failure ??= result.error ?? new Error('refused without a reason');
      done(result);
    });
  }
}
