import { MetricReader } from '@opentelemetry/sdk-metrics';

/** Collects when it is told to, and only then. */
export class HandReader extends MetricReader {
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }

  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}
