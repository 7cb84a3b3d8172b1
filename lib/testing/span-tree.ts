/**
 * What places a span among others.
 *
 * @category Look at spans
 */
export interface SpanTreeRow {
  /** Its own id. */
  readonly spanId: string;
  /** Absent on a root span. */
  readonly parentSpanId?: string | undefined;
}

/**
 * A row in its place; `branch` is drawn before it.
 *
 * @category Look at spans
 */
export interface SpanTreeLine<Row extends SpanTreeRow> {
  /** The row, as it was given. */
  readonly row: Row;
  /** `├ ` and the like, with the margin of the lines above; empty at a root. */
  readonly branch: string;
}

/**
 * The rows in reading order: parents before children, siblings as given. Every row comes exactly once, whatever the
 * parents say: a row whose parent is missing stands at the margin, and a ring of parents is opened at its first row.
 *
 * @category Look at spans
 *
 * @example
 * ```ts
 * const rows = spans.map((span) => ({
 *   name: span.name,
 *   spanId: span.spanContext().spanId,
 *   parentSpanId: span.parentSpanContext?.spanId,
 * }));
 * for (const { row, branch } of spanTree(rows)) console.log(branch + row.name);
 * ```
 */
export function spanTree<Row extends SpanTreeRow>(rows: readonly Row[]): SpanTreeLine<Row>[] {
  const known = new Set(rows.map(({ spanId }) => spanId));
  const children = new Map<string | undefined, Row[]>();
  for (const row of rows) {
    const siblings = children.get(row.parentSpanId);
    if (siblings) siblings.push(row);
    else children.set(row.parentSpanId, [row]);
  }

  const lines: SpanTreeLine<Row>[] = [];
  const placed = new Set<Row>();
  const place = (row: Row, branch: string, margin: string): void => {
    if (placed.has(row)) return;
    placed.add(row);
    lines.push({ row, branch });
    const below = (children.get(row.spanId) ?? []).filter((child) => !placed.has(child));
    below.forEach((child, index) => {
      const last = index === below.length - 1;
      place(child, `${margin}${last ? '└ ' : '├ '}`, `${margin}${last ? '  ' : '│ '}`);
    });
  };

  const isRoot = ({ parentSpanId }: Row) => parentSpanId === undefined || !known.has(parentSpanId);
  // What no root leads to is part of a ring.
  for (const row of [...rows.filter(isRoot), ...rows]) place(row, '', '');
  return lines;
}
