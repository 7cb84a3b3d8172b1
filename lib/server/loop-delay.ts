import * as perfHooks from 'node:perf_hooks';
import type { IntervalHistogram } from 'node:perf_hooks';
import { report } from '../diagnostics/report.js';

/** How often the loop is looked at, in milliseconds; measured delays have that much in them. */
const RESOLUTION_MS = 10;

/** How long a stretch of time lasts at the least, in milliseconds: a pause is to count for those who began about then. */
const STRETCH_MS = 100;

/** The longest time that the event loop was busy about when somebody began to watch it. */
export interface DelayWindow {
  /** In milliseconds; 0 where nothing was measured. Known better as the loop goes on. */
  readonly longestMs: number;
}

/**
 * How late this process hears of things because its event loop is busy. It is measured while anybody wants to know, once for
 * all of them; while nobody does, no timer runs.
 */
export class LoopDelay {
  private histograms: readonly [IntervalHistogram, IntervalHistogram] | undefined;
  private isMade = false;
  private watchers = 0;
  private current: Stretch | undefined;
  private before: Stretch | undefined;

  constructor(private readonly newHistogram = delayHistogram) {}

  /** Begins to measure. A block that has just ended counts as well, if somebody had been watching. */
  watch(): DelayWindow {
    const now = performance.now();
    if (this.watchers++ === 0 && !this.isMade) this.make();
    const { current } = this;
    return current === undefined || now - current.openedAt > STRETCH_MS ? this.open(now) : current;
  }

  /** Once for each {@link watch}. */
  unwatch(): void {
    if (--this.watchers > 0) return;
    for (const histogram of this.histograms ?? []) histogram.disable();
    this.current = undefined;
    this.before = undefined;
  }

  /** The stretch before goes on to be measured in this one: what its end brought is seen only then. */
  private open(now: number): Stretch {
    const { before, current } = this;
    // A histogram's first sample comes to nothing, so a block that took all of the stretch before is in the one before that.
    const earlierMs = before?.ownMs ?? 0;
    current?.keepBefore();
    before?.close();
    const unused = this.histograms?.find((histogram) => histogram !== current?.histogram);
    unused?.reset();
    unused?.enable();
    this.before = current;
    this.current = new Stretch(now, unused, current, earlierMs);
    return this.current;
  }

  private make(): void {
    this.isMade = true;
    try {
      this.histograms = [this.newHistogram(), this.newHistogram()];
    } catch (error) {
      // On runtimes that have the module and not the function.
      report('the delay of the event loop is not known here', error);
    }
  }
}

/** Measured from its beginning to the end of the stretch after it. */
class Stretch implements DelayWindow {
  private isClosed = false;

  constructor(
    readonly openedAt: number,
    readonly histogram: IntervalHistogram | undefined,
    private before: Stretch | undefined,
    private knownMs: number,
  ) {}

  /** A block at the beginning, which is the first sample, is in the stretch before. */
  get longestMs(): number {
    return this.isClosed ? this.knownMs : Math.max(this.knownMs, this.ownMs, this.before?.ownMs ?? 0);
  }

  /** What the histogram has measured, in milliseconds. */
  get ownMs(): number {
    return Math.max(0, (this.histogram?.max ?? 0) / 1e6 - RESOLUTION_MS);
  }

  /** The histogram of the stretch before is about to be another's. */
  keepBefore(): void {
    this.knownMs = this.longestMs;
    this.before = undefined;
  }

  close(): void {
    this.keepBefore();
    this.isClosed = true;
  }
}

function delayHistogram(): IntervalHistogram {
  return perfHooks.monitorEventLoopDelay({ resolution: RESOLUTION_MS });
}

/** Of this process. */
export const loopDelay = new LoopDelay();
