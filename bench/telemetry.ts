import { context, type MeterProvider, type TracerProvider } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { ExportResultCode } from '@opentelemetry/core';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider as SdkMeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, NodeTracerProvider, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace-node';

/** Whether spans are recorded: all of them, none of them, or there is no SDK. */
export type Sampling = 'sampled' | 'unsampled' | 'no SDK';

export interface BenchTelemetry {
  /** Undefined without an SDK: then the global provider of the API is used, which does nothing. */
  readonly tracerProvider: TracerProvider | undefined;
  shutdown(): Promise<void>;
}

/** Spans go through the batch processor, as in production, to an exporter that throws them away. */
export function startTelemetry(sampling: Sampling): BenchTelemetry {
  if (sampling === 'no SDK') return { tracerProvider: undefined, shutdown: () => Promise.resolve() };
  const provider = new NodeTracerProvider({
    sampler: new TraceIdRatioBasedSampler(sampling === 'sampled' ? 1 : 0),
    spanProcessors: [
      new BatchSpanProcessor(
        { export: (_spans, done) => done({ code: ExportResultCode.SUCCESS }), shutdown: () => Promise.resolve() },
        { maxQueueSize: 100_000, maxExportBatchSize: 512 },
      ),
    ],
  });
  return { tracerProvider: provider, shutdown: () => provider.shutdown() };
}

/** Real aggregation, never exported. */
export function startMetrics(): { readonly meterProvider: MeterProvider; shutdown(): Promise<void> } {
  const reader = new PeriodicExportingMetricReader({
    exporter: new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE),
    exportIntervalMillis: 2 ** 30,
  });
  const meterProvider = new SdkMeterProvider({ readers: [reader] });
  return { meterProvider, shutdown: () => meterProvider.shutdown() };
}

/** One for all variants: who calls without tracing pays for it, too. */
export function startContexts(): void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
}
