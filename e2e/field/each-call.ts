import { countNames } from './count-names.js';
import type { Row } from './row.js';
import type { BothRuns } from './run-program.js';
import { assertCounts, childrenOf, ours } from './spans.js';

/** What a program tells whose server is a stub. */
interface Counted {
  /** How many have come to it, by the method's path. */
  readonly calls: Readonly<Record<string, number>>;
}

type Counts = Pick<Row, 'calls' | 'client' | 'linked' | 'same'>;

/** @throws AssertionError unless each call that came to the stub left one CLIENT span and one SERVER span, its child. */
export function assertEachCall(runs: BothRuns): Counts {
  const calls = countedCalls(runs);
  const client = ours(runs.spans, 'CLIENT');
  const linked = childrenOf(client, ours(runs.spans, 'SERVER'));
  assertCounts(countNames(client), calls, runs.spans);
  assertCounts(countNames(linked), calls, runs.spans);
  const parents = new Set(linked.map(({ parentSpanId }) => parentSpanId));
  assertCounts({ parents: parents.size }, { parents: calls.all }, runs.spans);
  return { calls: calls.all, client: client.length, linked: linked.length, same: true };
}

/** @throws AssertionError unless each call left a SERVER span that is a root, and no CLIENT span. */
export function assertNoCall(runs: BothRuns): Counts {
  const calls = countedCalls(runs);
  const roots = ours(runs.spans, 'SERVER').filter(({ parentSpanId }) => parentSpanId === undefined);
  const client = ours(runs.spans, 'CLIENT').length;
  assertCounts(countNames(roots), calls, runs.spans);
  assertCounts({ client }, { client: 0 }, runs.spans);
  return { calls: calls.all, client, linked: 0, same: true };
}

/** By name, and all of them. */
function countedCalls({ seen }: BothRuns): Readonly<Record<string, number>> & { readonly all: number } {
  // Each program that serves a stub tells what it has counted.
  const { calls } = seen as Counted;
  const counts = Object.entries(calls).map(([path, count]): [string, number] => [path.slice(1), count]);
  return { ...Object.fromEntries(counts), all: counts.reduce((sum, [, count]) => sum + count, 0) };
}
