import { createNoopMeter, type Attributes, type Meter, type MeterProvider } from '@opentelemetry/api';

/** One series of a counter that goes up and down. */
export interface WatchedSeries {
  readonly counter: string;
  readonly attributes: Attributes;
  now: number;
  /** What it has been between: 0, as long as it never fell below. */
  least: number;
  most: number;
}

/** A meter provider that watches every step of its up-down counters, of which an SDK shows what they have come to, and measures nothing else. */
export class WatchedCounters {
  readonly provider: MeterProvider;
  readonly #series = new Map<string, WatchedSeries>();

  constructor() {
    const meter: Meter = Object.assign(Object.create(createNoopMeter()) as Meter, {
      createUpDownCounter: (counter: string) => ({
        add: (change: number, attributes: Attributes = {}) => this.#add(counter, change, attributes),
      }),
    });
    this.provider = { getMeter: () => meter };
  }

  /** Every series that there has been, in the order in which they began. */
  get series(): readonly WatchedSeries[] {
    return [...this.#series.values()];
  }

  #add(counter: string, change: number, attributes: Attributes): void {
    const key = JSON.stringify([counter, Object.entries(attributes).sort()]);
    let series = this.#series.get(key);
    if (series === undefined) {
      series = { counter, attributes: { ...attributes }, now: 0, least: 0, most: 0 };
      this.#series.set(key, series);
    }
    series.now += change;
    series.least = Math.min(series.least, series.now);
    series.most = Math.max(series.most, series.now);
  }
}
