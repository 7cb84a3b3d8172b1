import { diag, DiagLogLevel, type DiagLogger } from '@opentelemetry/api';
import {
  AlwaysOnSampler,
  NodeTracerProvider,
  type ReadableSpan,
  type Sampler,
  type Span,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-node';

/** Keeps every span of one provider and tells when they have ended. */
class Recorder implements SpanProcessor {
  readonly started: Span[] = [];
  readonly ended: ReadableSpan[] = [];
  private readonly waiting: (() => void)[] = [];

  onStart(span: Span): void {
    this.started.push(span);
    this.wake();
  }

  onEnd(span: ReadableSpan): void {
    this.ended.push(span);
    this.wake();
  }

  private wake(): void {
    for (const wake of this.waiting.splice(0)) wake();
  }

  async until(done: () => boolean): Promise<void> {
    while (!done()) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

/** A tracer provider of a test's own, and what it recorded. */
export class Telemetry {
  private readonly recorder = new Recorder();
  readonly provider: NodeTracerProvider;

  constructor(sampler: Sampler = new AlwaysOnSampler()) {
    this.provider = new NodeTracerProvider({ sampler, spanProcessors: [this.recorder] });
  }

  get ended(): readonly ReadableSpan[] {
    return this.recorder.ended;
  }

  get startedCount(): number {
    return this.recorder.started.length;
  }

  /** The spans in the order of their ends, once `count` of them have ended. */
  async spans(count: number): Promise<readonly ReadableSpan[]> {
    await this.recorder.until(() => this.recorder.ended.length >= count);
    return this.recorder.ended;
  }

  /** Resolves when `count` spans have been started. */
  async started(count: number): Promise<void> {
    await this.recorder.until(() => this.recorder.started.length >= count);
  }

  /** Resolves when every span that was started has ended. */
  async allEnded(): Promise<void> {
    await this.recorder.until(() => this.recorder.ended.length === this.recorder.started.length);
  }
}

/** What `diag` was told at warning level and above: ending a span twice or touching an ended one is told there. */
export class DiagLog implements DiagLogger {
  readonly lines: string[] = [];

  static install(): DiagLog {
    const log = new DiagLog();
    diag.setLogger(log, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
    return log;
  }

  error(message: string): void {
    this.lines.push(message);
  }

  warn(message: string): void {
    this.lines.push(message);
  }

  info(): void {
    // Below the level that is installed.
  }

  debug(): void {
    // Below the level that is installed.
  }

  verbose(): void {
    // Below the level that is installed.
  }
}
