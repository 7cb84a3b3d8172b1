import type { Attributes, Context, HrTime } from '@opentelemetry/api';
import { DataPointType, MeterProvider, type Histogram, type ScopeMetrics } from '@opentelemetry/sdk-metrics';
import { HandReader } from './hand-reader.js';
import type { PlainScope } from './plain-scope.js';

/** One series of a histogram. */
export interface Point {
  readonly attributes: Attributes;
  readonly value: Histogram;
}

/** A metric as a plain object: who measures, what it says of itself, and all its series. */
export interface PlainMetric {
  readonly scope: PlainScope;
  readonly descriptor: { readonly name: string; readonly description: string; readonly unit: string };
  /** `HISTOGRAM`, or `SUM` of a counter. */
  readonly type: string;
  readonly points: readonly { readonly attributes: Attributes; readonly value: unknown }[];
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

  /** Every metric whole, in the order in which they were made, once there have been `count` measurements. */
  async metrics(count: number): Promise<readonly PlainMetric[]> {
    return (await this.collected(count)).flatMap(({ scope: { name, version, schemaUrl }, metrics }) =>
      metrics.map(({ descriptor, dataPointType, dataPoints }) => ({
        scope: { name, version, schemaUrl },
        descriptor: { name: descriptor.name, description: descriptor.description, unit: descriptor.unit },
        type: DataPointType[dataPointType],
        points: dataPoints.map(({ attributes, value }) => ({ attributes, value })),
      })),
    );
  }

  /** What the metrics say of themselves, in the order in which they were made. */
  async descriptors(count: number): Promise<PlainMetric['descriptor'][]> {
    return (await this.metrics(count)).map(({ descriptor }) => descriptor);
  }

  /** Every series of the histograms by their names, once there have been `count` measurements. */
  async points(count: number): Promise<Record<string, readonly Point[]>> {
    const metrics = (await this.collected(count)).flatMap((scope) => scope.metrics);
    return Object.fromEntries(
      metrics.map((metric) => {
        if (metric.dataPointType !== DataPointType.HISTOGRAM) throw new Error('not a histogram');
        return [metric.descriptor.name, metric.dataPoints.map(({ attributes, value }) => ({ attributes, value }))];
      }),
    );
  }

  /** The attributes of every series by the name of its metric, once there have been `count` measurements. */
  async series(count: number): Promise<Record<string, readonly Attributes[]>> {
    const metrics = await this.metrics(count);
    return Object.fromEntries(
      metrics.map(({ descriptor, points }) => [descriptor.name, points.map(({ attributes }) => attributes)]),
    );
  }

  private async collected(count: number): Promise<readonly ScopeMetrics[]> {
    while (this.contexts.length < count) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    const { resourceMetrics, errors } = await this.reader.collect();
    expect(errors).toEqual([]);
    return resourceMetrics.scopeMetrics;
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
