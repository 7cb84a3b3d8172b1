import type { SpanContext } from '@opentelemetry/api';
import { LoggerProvider, type LogRecordProcessor, type ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { PlainScope } from './plain-scope.js';

/** A log record as a plain object: who logs, and what it says, without its times. */
export interface PlainRecord {
  readonly scope: PlainScope;
  readonly eventName: string | undefined;
  readonly severityNumber: number | undefined;
  readonly severityText: string | undefined;
  readonly body: unknown;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Of the span in whose context it was made. */
  readonly spanContext: SpanContext | undefined;
}

/** A logger provider of a test's own, and what was logged with it. */
export class LogRecords implements LogRecordProcessor {
  readonly provider = new LoggerProvider({ processors: [this] });
  private readonly records: PlainRecord[] = [];
  private wake = (): void => undefined;

  /** Those that have come so far. */
  get all(): readonly PlainRecord[] {
    return [...this.records];
  }

  /** All of them, in their order, once there are `count`. */
  async first(count: number): Promise<readonly PlainRecord[]> {
    while (this.records.length < count) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return this.all;
  }

  onEmit(record: ReadableLogRecord): void {
    const { name, version, schemaUrl } = record.instrumentationScope;
    this.records.push({
      scope: { name, version, schemaUrl },
      eventName: record.eventName,
      severityNumber: record.severityNumber,
      severityText: record.severityText,
      body: record.body,
      attributes: { ...record.attributes },
      spanContext: record.spanContext,
    });
    this.wake();
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}
