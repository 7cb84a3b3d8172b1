/** One span, as far as the tree is concerned. Times are milliseconds; `start` counts from any moment common to all rows. */
export interface TraceRow {
  readonly spanId: string;
  readonly parentSpanId?: string | undefined;
  readonly service: string;
  readonly method: string;
  readonly side: string;
  readonly start: number;
  /** Absent while the span has not ended. */
  readonly duration?: number | undefined;
  readonly status: string;
  readonly failed: boolean;
}

/** A row in its place; `branch` is drawn before its method. */
export interface TreeLine {
  readonly row: TraceRow;
  readonly branch: string;
}

/**
 * The rows in reading order: parents before children, siblings by start. Every row comes exactly once, whatever the
 * parents say: a row whose parent is missing stands at the margin, and a ring of parents is opened at its earliest row.
 */
export function traceTree(rows: readonly TraceRow[]): TreeLine[] {
  const byStart = [...rows].sort((a, b) => a.start - b.start);
  const known = new Set(rows.map((row) => row.spanId));
  const children = new Map<string, TraceRow[]>();
  for (const row of byStart) {
    if (row.parentSpanId !== undefined)
      children.set(row.parentSpanId, [...(children.get(row.parentSpanId) ?? []), row]);
  }

  const lines: TreeLine[] = [];
  const placed = new Set<TraceRow>();
  const place = (row: TraceRow, branch: string, margin: string): void => {
    if (placed.has(row)) return;
    placed.add(row);
    lines.push({ row, branch });
    const below = (children.get(row.spanId) ?? []).filter((child) => !placed.has(child));
    below.forEach((child, index) => {
      const last = index === below.length - 1;
      place(child, `${margin}${last ? '└ ' : '├ '}`, `${margin}${last ? '  ' : '│ '}`);
    });
  };

  const isRoot = ({ parentSpanId }: TraceRow) => parentSpanId === undefined || !known.has(parentSpanId);
  // What no root leads to is part of a ring.
  for (const row of [...byStart.filter(isRoot), ...byStart]) place(row, '', '');
  return lines;
}
