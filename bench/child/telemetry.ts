import { createNoopMeter, context, metrics, propagation, trace, type MeterProvider } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider as SdkMeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { CountingExporter, CountingSampler } from './counting.js';
import type { Sampling } from '../sampling.js';

export interface BenchTelemetry {
  /** Undefined where there is no SDK. */
  readonly sdk: Sdk | undefined;
  shutdown(): Promise<void>;
}

export interface Sdk {
  readonly sampler: CountingSampler;
  readonly exporter: CountingExporter;
  readonly meterProvider: MeterProvider;
  /** Brings every span that has ended to the exporter. */
  flush(): Promise<void>;
}

/**
 * Registered as an application does it: provider, context manager, W3C propagators. Spans go through the batch processor to
 * an exporter that counts them and throws them away; metrics are aggregated and never exported. For 'no SDK' nothing at all.
 */
export function startTelemetry(sampling: Sampling): BenchTelemetry {
  if (sampling === 'no SDK') {
    assertNoSdk();
    return { sdk: undefined, shutdown: () => Promise.resolve() };
  }
  const ratio = new TraceIdRatioBasedSampler(sampling === 'sampled' ? 1 : 0);
  const sampler = new CountingSampler(new ParentBasedSampler({ root: ratio }));
  const exporter = new CountingExporter();
  const processor = new BatchSpanProcessor({ exporter, maxQueueSize: 100_000, maxExportBatchSize: 512 });
  const provider = new TracerProvider({ sampler, spanProcessors: [processor] });
  // What SDK 2 does in its `register()`, written out, as SDK 3 wants it.
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(
    new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
  );
  const reader = new PeriodicExportingMetricReader({
    exporter: new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE),
    exportIntervalMillis: 2 ** 30,
  });
  const meterProvider = new SdkMeterProvider({ readers: [reader] });
  return {
    sdk: { sampler, exporter, meterProvider, flush: () => processor.forceFlush() },
    async shutdown() {
      await provider.shutdown();
      await meterProvider.shutdown();
    },
  };
}

/** @throws where anything is registered: what is measured without an SDK must be without one for all variants. */
function assertNoSdk(): void {
  const records = trace.getTracer('bench').startSpan('nothing').isRecording();
  const measures = metrics.getMeter('bench') !== createNoopMeter();
  const key = Symbol('bench');
  const carries = context.with(context.active().setValue(key, true), () => context.active().getValue(key) === true);
  if (records || measures || carries || propagation.fields().length > 0) throw new Error('there is an SDK');
}
