import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';

/** How one batch fared: `error` is what kept its spans from being delivered. */
export interface Delivery {
  readonly spans: number;
  readonly error?: Error | undefined;
}

export interface WatchedExporterOptions {
  /** When an endpoint that took the connection but does not answer counts as dead, in milliseconds. */
  readonly timeoutMillis: number;
  /** Called once for every batch. */
  readonly onDelivery: (delivery: Delivery) => void;
}

/**
 * Adds two things to an exporter that a program needs to end well: it tells how every batch fared, and its `shutdown` waits
 * for the batches on their way. The Jaeger exporter does neither: it has no timeout, and its `shutdown` closes the
 * sockets that are still sending.
 */
export class WatchedExporter implements SpanExporter {
  readonly #exporter: SpanExporter;
  readonly #options: WatchedExporterOptions;
  readonly #onTheirWay = new Set<Promise<void>>();

  constructor(exporter: SpanExporter, options: WatchedExporterOptions) {
    this.#exporter = exporter;
    this.#options = options;
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    const delivery = this.#deliver(spans).then((result) => {
      this.#onTheirWay.delete(delivery);
      this.#options.onDelivery({ spans: spans.length, error: errorOf(result) });
      done(result);
    });
    this.#onTheirWay.add(delivery);
  }

  async forceFlush(): Promise<void> {
    await Promise.all(this.#onTheirWay);
  }

  async shutdown(): Promise<void> {
    await this.forceFlush();
    await this.#exporter.shutdown();
  }

  async #deliver(spans: ReadableSpan[]): Promise<ExportResult> {
    const { timeoutMillis } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<ExportResult>((resolve) => {
        timer = setTimeout(() => resolve(failed(new Error(`no answer in ${timeoutMillis} ms`))), timeoutMillis);
        this.#exporter.export(spans, resolve);
      });
    } catch (error) {
      return failed(error instanceof Error ? error : new Error(String(error)));
    } finally {
      clearTimeout(timer);
    }
  }
}

function failed(error: Error): ExportResult {
  return { code: ExportResultCode.FAILED, error };
}

function errorOf(result: ExportResult): Error | undefined {
  return result.code === ExportResultCode.SUCCESS ? undefined : (result.error ?? new Error('refused without a reason'));
}
