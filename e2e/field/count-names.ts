import type { SpanLine } from './exchange.js';

/** How many spans there are of each name, and of all. */
export function countNames(spans: readonly SpanLine[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { all: spans.length };
  for (const { name } of spans) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
