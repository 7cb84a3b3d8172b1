import { diag, DiagLogLevel, type DiagLogger } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace-node';
import { codeOf } from './codes.js';

/** The attribute that tells which call a span is of. */
export const NUMBER_ATTRIBUTE = 'storm.number';

/** Counts the spans of one side, and keeps of each no more than its code. */
export class SpanLedger implements SpanProcessor {
  started = 0;
  ended = 0;
  endedTwice = 0;

  constructor(private readonly codes: Int8Array) {}

  get open(): number {
    return this.started - this.ended;
  }

  onStart(span: Span): void {
    this.started++;
    // The SDK tells its processors of the first end alone.
    const end = span.end.bind(span);
    let ends = 0;
    span.end = (endTime) => {
      ends++;
      if (ends === 2) this.endedTwice++;
      end(endTime);
    };
  }

  onEnd({ attributes }: ReadableSpan): void {
    this.ended++;
    this.codes[Number(attributes[NUMBER_ATTRIBUTE])] = codeOf(attributes['rpc.status_code']);
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

/** How many different warnings are kept to be printed. */
const KEPT_WARNINGS = 10;

/** Counts what `diag` is told at warning level and above: touching a span that has ended is told there. */
export class WarningCount implements DiagLogger {
  count = 0;
  readonly first = new Set<string>();

  static install(): WarningCount {
    const warnings = new WarningCount();
    diag.setLogger(warnings, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
    return warnings;
  }

  error(message: string, ...rest: unknown[]): void {
    this.count++;
    if (this.first.size < KEPT_WARNINGS) this.first.add([message, ...rest.map(String)].join(' '));
  }

  warn(message: string, ...rest: unknown[]): void {
    this.error(message, ...rest);
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
