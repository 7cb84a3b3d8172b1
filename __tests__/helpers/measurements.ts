import type { Attributes, Context, HrTime } from '@opentelemetry/api';
import { DataPointType, MeterProvider, MetricReader, type Histogram } from '@opentelemetry/sdk-metrics';

/** Collects when it is told to, and only then. */
class HandReader extends MetricReader {
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }

  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}

/** One series of a histogram. */
export interface Point {
  readonly attributes: Attributes;
  readonly value: Histogram;
}

/** A histogram as a plain object: its descriptor and all its series. */
interface PlainHistogram {
  readonly descriptor: { readonly name: string; readonly description: string; readonly unit: string };
  readonly points: readonly Point[];
}

/** A meter provider of a test's own, what was measured with it, and in which contexts. */
export class Measurements {
  /** The context of each measurement, in their order. */
  readonly contexts: Context[] = [];
  readonly provider: MeterProvider;
  private readonly reader = new HandReader();
  private wake = (): void => undefined;

  constructor() {
    // A view is shown every measurement with its context, and leaves the stream as it is.
    const process = (attributes: Attributes, context?: Context): Attributes => {
      if (context === undefined) throw new Error('a measurement without a context');
      this.contexts.push(context);
      this.wake();
      return attributes;
    };
    this.provider = new MeterProvider({
      readers: [this.reader],
      views: [{ instrumentName: '*', attributesProcessors: [{ process }] }],
    });
  }

  /** What the histograms say of themselves, in the order in which they were made. */
  async descriptors(count: number): Promise<PlainHistogram['descriptor'][]> {
    return (await this.histograms(count)).map(({ descriptor }) => descriptor);
  }

  /** Every series by the name of its histogram, once there have been `count` measurements. */
  async points(count: number): Promise<Record<string, readonly Point[]>> {
    const histograms = await this.histograms(count);
    return Object.fromEntries(histograms.map(({ descriptor, points }) => [descriptor.name, points]));
  }

  /** The attributes of every series by the name of its histogram, once there have been `count` measurements. */
  async series(count: number): Promise<Record<string, readonly Attributes[]>> {
    const histograms = Object.entries(await this.points(count));
    return Object.fromEntries(histograms.map(([name, points]) => [name, points.map(({ attributes }) => attributes)]));
  }

  private async histograms(count: number): Promise<readonly PlainHistogram[]> {
    while (this.contexts.length < count) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    const { resourceMetrics, errors } = await this.reader.collect();
    expect(errors).toEqual([]);
    return resourceMetrics.scopeMetrics
      .flatMap(({ metrics }) => metrics)
      .map((metric) => {
        if (metric.dataPointType !== DataPointType.HISTOGRAM) throw new Error('not a histogram');
        const { name, description, unit } = metric.descriptor;
        const points = metric.dataPoints.map(({ attributes, value }) => ({ attributes, value }));
        return { descriptor: { name, description, unit }, points };
      });
  }
}

/** A whole data point of a histogram that was recorded to once. */
export function onePoint(boundaries: readonly number[], value: number): Histogram {
  const bucket = boundaries.findIndex((boundary) => value <= boundary);
  const counts = Array<number>(boundaries.length + 1).fill(0);
  counts[bucket === -1 ? boundaries.length : bucket] = 1;
  return { buckets: { boundaries: [...boundaries], counts }, count: 1, sum: value, min: value, max: value };
}

/** How long a span says it took. */
export function secondsOf([seconds, nanoseconds]: HrTime): number {
  return seconds + nanoseconds / 1e9;
}
