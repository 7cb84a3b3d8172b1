import { setImmediate as nextTurn } from 'node:timers/promises';

/** What part of the samples is warm-up: caches fill and code is compiled. */
const WARM_UP = 0.25;

interface Sample {
  readonly calls: number;
  readonly bytes: number;
}

/** What is left on the heap as calls go by. */
export class HeapSamples {
  private readonly samples: Sample[] = [];

  /** Collects garbage and looks. Twice, because finalizers of the first collection free more. */
  async take(calls: number): Promise<void> {
    for (let round = 0; round < 2; round++) {
      collectGarbage();
      await nextTurn();
    }
    this.samples.push({ calls, bytes: process.memoryUsage().heapUsed });
  }

  /** Bytes that stay per 1,000 calls: the slope of the least-squares line through the samples after the warm-up. */
  growthPerThousand(): number {
    return 1000 * slope(this.warm());
  }

  get last(): number {
    return this.samples.at(-1)?.bytes ?? 0;
  }

  get counted(): number {
    return this.warm().length;
  }

  private warm(): readonly Sample[] {
    return this.samples.slice(Math.ceil(this.samples.length * WARM_UP));
  }
}

function slope(samples: readonly Sample[]): number {
  const calls = mean(samples.map((sample) => sample.calls));
  const bytes = mean(samples.map((sample) => sample.bytes));
  const together = sum(samples.map((sample) => (sample.calls - calls) * (sample.bytes - bytes)));
  const alone = sum(samples.map((sample) => (sample.calls - calls) ** 2));
  return alone === 0 ? 0 : together / alone;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : sum(numbers) / numbers.length;
}

function collectGarbage(): void {
  if (globalThis.gc === undefined) throw new Error('run node with --expose-gc');
  globalThis.gc();
}
