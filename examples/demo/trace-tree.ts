import { spanTree, type SpanTreeLine, type SpanTreeRow } from 'grpc-js-opentelemetry/testing';

/** One span, as far as the view is concerned. Times are milliseconds; `start` counts from any moment common to all rows. */
export interface TraceRow extends SpanTreeRow {
  readonly service: string;
  readonly method: string;
  readonly side: string;
  readonly start: number;
  /** Absent while the span has not ended. */
  readonly duration?: number | undefined;
  readonly status: string;
  readonly failed: boolean;
}

export type TreeLine = SpanTreeLine<TraceRow>;

/** The rows as a tree in reading order, siblings and roots by start. */
export function traceTree(rows: readonly TraceRow[]): TreeLine[] {
  return spanTree([...rows].sort((a, b) => a.start - b.start));
}
