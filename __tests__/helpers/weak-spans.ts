import { NodeTracerProvider, type Span, type SpanProcessor } from '@opentelemetry/sdk-trace-node';
import { WeaklyHeld } from './weakly-held.js';

/** A tracer provider that keeps no span alive, to see who else does. */
export class WeakSpans implements SpanProcessor {
  readonly provider = new NodeTracerProvider({ spanProcessors: [this] });
  private readonly spans = new WeaklyHeld();

  onStart(span: Span): void {
    this.spans.add(span);
  }

  onEnd(): void {
    // Whether a span has ended is for other tests.
  }

  get startedCount(): number {
    return this.spans.addedCount;
  }

  /** How many spans something still holds. */
  held(): Promise<number> {
    return this.spans.heldCount();
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}
