import type { RecordedSpan } from './recorded-span.js';

/**
 * A span processor, of SDK 2 as of SDK 3, that keeps every span and lets tests wait for them.
 *
 * @category Record spans
 */
export class SpanRecorder {
  #ended: RecordedSpan[] = [];
  readonly #open = new Set<RecordedSpan>();
  readonly #looks = new Set<() => void>();

  /** In the order of their ends. */
  get ended(): readonly RecordedSpan[] {
    return this.#ended;
  }

  /** In the order of their starts. */
  get open(): readonly RecordedSpan[] {
    return [...this.#open];
  }

  /** The SDK calls it as a span starts. */
  onStart(span: RecordedSpan): void {
    this.#open.add(span);
    this.#changed();
  }

  /** The SDK calls it as a span ends. */
  onEnd(span: RecordedSpan): void {
    // Otherwise it was started before a reset, by a test that is over.
    if (this.#open.delete(span)) this.#ended.push(span);
    this.#changed();
  }

  /** There is nothing to send. */
  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  /** Keeps what was recorded. */
  shutdown(): Promise<void> {
    return Promise.resolve();
  }

  /** Forgets every span, the open ones too. */
  reset(): void {
    // A new list: the old one is in the hands of whoever asked for it.
    this.#ended = [];
    this.#open.clear();
    this.#changed();
  }

  /** Resolves with `true` as soon as `done` says so, with `false` when the signal comes first. */
  until(done: () => boolean, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const look = (): void => {
        const isDone = done();
        if (!isDone && !signal.aborted) return;
        this.#looks.delete(look);
        signal.removeEventListener('abort', look);
        resolve(isDone);
      };
      this.#looks.add(look);
      signal.addEventListener('abort', look);
      look();
    });
  }

  #changed(): void {
    for (const look of this.#looks) look();
  }
}
