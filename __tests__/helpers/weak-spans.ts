import { NodeTracerProvider, type Span, type SpanProcessor } from '@opentelemetry/sdk-trace-node';
import { stillHeld } from './garbage.js';

/** A tracer provider that keeps no span alive, to see who else does. */
export class WeakSpans implements SpanProcessor {
  readonly provider = new NodeTracerProvider({ spanProcessors: [this] });
  private readonly spans: WeakRef<Span>[] = [];

  onStart(span: Span): void {
    this.spans.push(new WeakRef(span));
  }

  onEnd(): void {
    // Whether a span has ended is for other tests.
  }

  get startedCount(): number {
    return this.spans.length;
  }

  /** How many spans something still holds. */
  held(): Promise<number> {
    return stillHeld(this.spans);
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}
