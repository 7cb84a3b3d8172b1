import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace-node';

/** Keeps the spans of all the demo's services, those that have not ended too, and tells when none is open any more. */
export class SpanRecorder implements SpanProcessor {
  readonly #spans: ReadableSpan[] = [];
  readonly #onRoot: (traceId: string) => void;
  #open = 0;
  #onAllEnded: () => void = () => undefined;

  /** @param onRoot hears of every trace that begins */
  constructor(onRoot: (traceId: string) => void) {
    this.#onRoot = onRoot;
  }

  get spans(): readonly ReadableSpan[] {
    return this.#spans;
  }

  onStart(span: Span): void {
    this.#spans.push(span);
    this.#open += 1;
    if (span.parentSpanContext === undefined) this.#onRoot(span.spanContext().traceId);
  }

  onEnd(): void {
    this.#open -= 1;
    if (this.#open === 0) this.#onAllEnded();
  }

  /** Resolves when no span is open, at the latest after `patience` milliseconds: the view shows what is still open. */
  async allEnded(patience: number): Promise<void> {
    if (this.#open === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patience);
      this.#onAllEnded = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}
