import type { TracerProvider } from '@opentelemetry/api';
import { AssertionError } from 'node:assert';
import { formatSpans } from './format-spans.js';
import type { RecordedSpan } from './recorded-span.js';
import { SpanRecorder } from './span-recorder.js';

/**
 * A tracer provider of an SDK: `NodeTracerProvider` or `BasicTracerProvider` of SDK 2, `TracerProvider` of SDK 3.
 *
 * @category Record spans
 */
export interface SdkTracerProvider extends TracerProvider {
  /** Ends the provider and its span processors. */
  shutdown(): Promise<void>;
}

/**
 * How long the methods that wait for spans do so.
 *
 * @category Record spans
 */
export interface WaitOptions {
  /** How long to wait, in milliseconds. Default: 4000, within the 5 s that Jest and Vitest give a test. */
  readonly timeoutMillis?: number;
}

const DEFAULT_TIMEOUT_MILLIS = 4000;

/**
 * Keeps the spans of one tracer provider in memory, and waits for them: a SERVER span ends a little after the client has
 * its answer. The provider is the SDK's that the application uses anyway, of whatever major.
 *
 * @category Record spans
 *
 * @example
 * ```ts
 * const telemetry = new InMemoryTelemetry((recorder) => new NodeTracerProvider({ spanProcessors: [recorder] }));
 * const options = { tracerProvider: telemetry.tracerProvider };
 * // A call, with both interceptors given these options; then:
 * const spans = await telemetry.ended(2);
 * ```
 */
export class InMemoryTelemetry<Provider extends SdkTracerProvider = SdkTracerProvider> {
  /** For both interceptors. */
  readonly tracerProvider: Provider;
  readonly #recorder = new SpanRecorder();

  /** @param newProvider - makes the provider, with the recorder among its span processors */
  constructor(newProvider: (recorder: SpanRecorder) => Provider) {
    this.tracerProvider = newProvider(this.#recorder);
  }

  /** The spans that have ended so far, in the order of their ends. */
  get spans(): readonly RecordedSpan[] {
    return [...this.#recorder.ended];
  }

  /** The spans that have been started but not ended, in the order of their starts. */
  get openSpans(): readonly RecordedSpan[] {
    return this.#recorder.open;
  }

  /**
   * Resolves with the spans that have ended, in the order of their ends, once there are `count` or more of them.
   *
   * @throws AssertionError that shows every span, if they do not end in time.
   */
  async ended(count: number, options?: WaitOptions): Promise<readonly RecordedSpan[]> {
    const ended = (): number => this.#recorder.ended.length;
    await this.#until(
      () => ended() >= count,
      () => `${count} spans to end, of which ${ended()} did`,
      options,
    );
    return this.spans;
  }

  /**
   * Resolves once `count` spans or more have been started, ended or not: to cancel a call, say, that the server has got.
   *
   * @throws AssertionError that shows every span, if they are not started in time.
   */
  async started(count: number, options?: WaitOptions): Promise<void> {
    const started = (): number => this.#recorder.ended.length + this.#recorder.open.length;
    await this.#until(
      () => started() >= count,
      () => `${count} spans to start, of which ${started()} did`,
      options,
    );
  }

  /**
   * Resolves with the spans once every one that was started has ended; at once, where none was started.
   *
   * @throws AssertionError that shows every span, if they do not end in time.
   */
  async allEnded(options?: WaitOptions): Promise<readonly RecordedSpan[]> {
    const open = (): number => this.#recorder.open.length;
    await this.#until(
      () => open() === 0,
      () => `every span to end, of which ${open()} did not`,
      options,
    );
    return this.spans;
  }

  /** Forgets every span, for the next test; one that is still open will not turn up there when it ends. */
  reset(): void {
    this.#recorder.reset();
  }

  /** Shuts the provider down. What has been recorded stays. */
  async shutdown(): Promise<void> {
    await this.tracerProvider.shutdown();
  }

  async #until(done: () => boolean, what: () => string, options: WaitOptions = {}): Promise<void> {
    const { timeoutMillis = DEFAULT_TIMEOUT_MILLIS } = options;
    // The signal's timer is not one that fake timers replace, and keeps no process alive.
    if (await this.#recorder.until(done, AbortSignal.timeout(timeoutMillis))) return;
    const spans = [...this.#recorder.ended, ...this.#recorder.open];
    const message = `waited ${timeoutMillis} ms for ${what()}\n\n${formatSpans(spans)}`;
    throw new AssertionError({ message, operator: 'fail' });
  }
}
