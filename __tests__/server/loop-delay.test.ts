import { once } from 'node:events';
import { monitorEventLoopDelay, performance, type IntervalHistogram } from 'node:perf_hooks';
import { LoopDelay } from '../../lib/server/loop-delay.js';
import { DiagLog } from '../helpers/telemetry.js';

function block(millis: number): void {
  const end = performance.now() + millis;
  while (performance.now() < end);
}

/** Until the loop has been seen by whoever looks at it every 10 ms. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await once(AbortSignal.timeout(20), 'abort');
}

/** A stretch lasts 100 ms, and what it was busy with is seen soon after. */
async function stretchOver(): Promise<void> {
  await once(AbortSignal.timeout(110), 'abort');
  await turns();
}

describe('the delay of the event loop', () => {
  it('is that of the longest block, to some milliseconds', async () => {
    const delay = new LoopDelay();
    const window = delay.watch();
    await turns();
    block(150);
    await turns();
    expect(window.longestMs).toBeGreaterThan(130);
    delay.unwatch();
  });

  it('is not that of a block while nobody wanted to know', () => {
    const delay = new LoopDelay();
    delay.watch();
    delay.unwatch();
    block(400);
    const window = delay.watch();
    expect(window.longestMs).toBe(0);
    delay.unwatch();
  });

  it('is kept for who began in a stretch of time that is over, and forgotten by who comes later', async () => {
    const delay = new LoopDelay();
    const early = delay.watch();
    await turns();
    block(400);
    await turns();
    const seen = early.longestMs;
    expect(seen).toBeGreaterThan(380);
    const later = [];
    for (let stretch = 0; stretch < 3; stretch++) {
      later.push(delay.watch());
      await stretchOver();
    }
    expect(new Set([early, ...later]).size).toBe(4);
    const late = delay.watch();
    expect(early.longestMs).toBe(seen);
    expect(late.longestMs).toBeLessThan(seen);
    block(800);
    await turns();
    expect(late.longestMs).toBeGreaterThan(780);
    expect(early.longestMs).toBe(seen);
    for (let watcher = 0; watcher < 5; watcher++) delay.unwatch();
  });

  it('a block that takes a whole stretch is that of who comes in it, and right after it', async () => {
    const delay = new LoopDelay();
    delay.watch();
    await stretchOver();
    const during = delay.watch();
    block(300);
    // Timers first, as before anything is read.
    for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
    const after = delay.watch();
    expect(after).not.toBe(during);
    expect(after.longestMs).toBeGreaterThan(280);
    expect(during.longestMs).toBeGreaterThan(280);
    for (let watcher = 0; watcher < 3; watcher++) delay.unwatch();
  });

  it('a block at the very end of a stretch is that of who began before it', async () => {
    const delay = new LoopDelay();
    const early = delay.watch();
    await turns();
    block(300);
    // In the same turn, before the block can have been measured.
    delay.watch();
    await turns();
    expect(early.longestMs).toBeGreaterThan(280);
    for (let watcher = 0; watcher < 2; watcher++) delay.unwatch();
  });

  it('is one window for all that begin about the same time', () => {
    const delay = new LoopDelay();
    const first = delay.watch();
    expect(delay.watch()).toBe(first);
    delay.unwatch();
    delay.unwatch();
  });

  it('no timer runs while nobody wants to know', async () => {
    const histograms = [monitorEventLoopDelay(), monitorEventLoopDelay()] as const;
    let running = 0;
    const watched = histograms.map((histogram) => ({
      reset: () => histogram.reset(),
      enable: () => (running++, histogram.enable()),
      disable: () => (histogram.disable() && running--, true),
      get max() {
        return histogram.max;
      },
    }));
    // The cast: these four are all that is asked of one.
    const delay = new LoopDelay(() => watched.shift() as IntervalHistogram);
    expect(running).toBe(0);
    delay.watch();
    expect(running).toBe(1);
    block(150);
    await turns();
    delay.watch();
    expect(running).toBe(2);
    delay.unwatch();
    expect(running).toBe(2);
    delay.unwatch();
    expect(running).toBe(0);
  });

  it('where a runtime cannot measure it, it is none, which is told once', () => {
    const log = DiagLog.install();
    const delay = new LoopDelay(() => {
      throw new Error('not implemented');
    });
    for (let round = 0; round < 2; round++) {
      expect(delay.watch().longestMs).toBe(0);
      delay.unwatch();
    }
    expect(log.lines).toEqual(['grpc-js-opentelemetry: the delay of the event loop is not known here']);
  });
});
