import { NodeTracerProvider, type Span, type SpanProcessor } from '@opentelemetry/sdk-trace-node';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** More rounds than the garbage collector has needed to let go of everything that nothing holds. */
const ROUNDS = 20;

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
  async held(): Promise<number> {
    setFlagsFromString('--expose-gc');
    // What the flag adds is seen in new contexts alone.
    const collectGarbage = runInNewContext('gc') as () => void;
    let held = this.spans.length;
    for (let round = 0; held > 0 && round < ROUNDS; round++) {
      // A WeakRef that was looked at holds its target until the turn is over.
      await nextTurn();
      collectGarbage();
      held = this.spans.filter((span) => span.deref() !== undefined).length;
    }
    return held;
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}
