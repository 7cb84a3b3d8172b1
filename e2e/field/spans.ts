import { AssertionError } from 'node:assert';
import type { SpanLine } from './exchange.js';
import type { Row } from './row.js';

const SCOPE = 'grpc-js-opentelemetry';

/** The spans of this package, of one kind. */
export function ours(spans: readonly SpanLine[], kind: 'CLIENT' | 'SERVER'): readonly SpanLine[] {
  return spans.filter((span) => span.scope === SCOPE && span.kind === kind);
}

/** The spans that are children of one of those. */
export function childrenOf(parents: readonly SpanLine[], spans: readonly SpanLine[]): readonly SpanLine[] {
  return spans.filter(({ traceId, parentSpanId }) =>
    parents.some((parent) => parent.traceId === traceId && parent.spanId === parentSpanId),
  );
}

/** The CLIENT spans of this package, and the SERVER spans of it that are children of those. */
export function countLinked(spans: readonly SpanLine[]): Pick<Row, 'client' | 'linked'> {
  const client = ours(spans, 'CLIENT');
  return { client: client.length, linked: childrenOf(client, ours(spans, 'SERVER')).length };
}

/** @throws AssertionError that shows the spans, where the counts are not as expected */
export function assertCounts<Counts extends Readonly<Record<string, number>>>(
  actual: Counts,
  expected: Counts,
  spans: readonly SpanLine[],
): void {
  const different = Object.keys(expected).filter((name) => actual[name] !== expected[name]);
  if (different.length === 0) return;
  const message = different.map((name) => `${name}: ${actual[name]}, not ${expected[name]}`).join('\n');
  const lines = spans.map((span) => JSON.stringify(span)).join('\n');
  throw new AssertionError({ message: `${message}\n${lines}`, actual, expected });
}
