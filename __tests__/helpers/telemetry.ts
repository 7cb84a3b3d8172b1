import { diag, DiagLogLevel, type DiagLogger } from '@opentelemetry/api';
import { AlwaysOnSampler, NodeTracerProvider, type Sampler } from '@opentelemetry/sdk-trace-node';
import { InMemoryTelemetry, type RecordedSpan } from 'grpc-js-opentelemetry/testing';

/** Only for machines that are slow, or busy with other things: less than what Jest gives a test. */
const PATIENCE = { timeoutMillis: 50_000 };

/** A tracer provider of a test's own, and what it recorded. */
export class Telemetry {
  private readonly recorded: InMemoryTelemetry<NodeTracerProvider>;

  constructor(sampler: Sampler = new AlwaysOnSampler()) {
    this.recorded = new InMemoryTelemetry(
      (recorder) => new NodeTracerProvider({ sampler, spanProcessors: [recorder] }),
    );
  }

  get provider(): NodeTracerProvider {
    return this.recorded.tracerProvider;
  }

  get ended(): readonly RecordedSpan[] {
    return this.recorded.spans;
  }

  get startedCount(): number {
    return this.recorded.spans.length + this.recorded.openSpans.length;
  }

  /** The spans in the order of their ends, once `count` of them have ended. */
  spans(count: number): Promise<readonly RecordedSpan[]> {
    return this.recorded.ended(count, PATIENCE);
  }

  /** Resolves when `count` spans have been started. */
  started(count: number): Promise<void> {
    return this.recorded.started(count, PATIENCE);
  }

  /** Resolves when every span that was started has ended. */
  async allEnded(): Promise<void> {
    await this.recorded.allEnded(PATIENCE);
  }
}

/** How the package begins what it tells; at warning level those are hints, each once in a process. */
const OWN = 'grpc-js-opentelemetry: ';

/** What `diag` was told at warning level and above: ending a span twice or touching an ended one is told there. */
export class DiagLog implements DiagLogger {
  readonly lines: string[] = [];
  /** Apart, since which test of a file is the first to get one depends on the others. */
  readonly hints: string[] = [];

  static install(): DiagLog {
    const log = new DiagLog();
    diag.setLogger(log, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
    return log;
  }

  error(message: string): void {
    this.lines.push(message);
  }

  warn(message: string): void {
    if (message.startsWith(OWN)) this.hints.push(message.slice(OWN.length));
    else this.lines.push(message);
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
