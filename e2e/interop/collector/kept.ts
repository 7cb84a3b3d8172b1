import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import type { JaegerSpan } from '../jaeger/query.js';
import type { RecordedTrace } from './recorded-trace.js';

/** As in the example's configuration. */
const SLOW_MILLIS = 500;
const SHARE = 0.05;
/** Chance puts a share outside of so many standard deviations once in some hundred million runs. */
const DEVIATIONS = 6;

export interface Kept {
  readonly failed: number;
  readonly slow: number;
  /** Of the rest: how many there were, and how many of them were kept. */
  readonly others: number;
  readonly othersKept: number;
}

/**
 * Holds what each Jaeger has against what was recorded.
 *
 * @throws where a trace is missing that had to be kept, one is not whole or not in one place, or the share is not as set
 */
export function compareKept(
  recorded: readonly RecordedTrace[],
  shown: readonly (readonly (readonly JaegerSpan[])[])[],
): Kept {
  const known = new Map(recorded.map((trace) => [trace.traceId, trace]));
  const kept = new Set<string>();
  for (const spans of shown.flat()) {
    const traceId = String(spans[0]?.traceId);
    equal(kept.has(traceId), false, `${traceId} is in two places`);
    kept.add(traceId);
    deepStrictEqual(spans.map(({ spanId }) => spanId).sort(), known.get(traceId)?.spanIds, `${traceId} is not whole`);
  }

  const failed = recorded.filter((trace) => trace.failed);
  // The collector counts in whole milliseconds.
  const slow = recorded.filter((trace) => !trace.failed && trace.millis >= SLOW_MILLIS + 1);
  const others = recorded.filter((trace) => !trace.failed && trace.millis < SLOW_MILLIS);
  for (const { traceId } of [...failed, ...slow]) ok(kept.has(traceId), `${traceId} had to be kept`);
  ok(failed.length > 0 && slow.length > 0, 'no call failed, or none was slow');

  const othersKept = others.filter(({ traceId }) => kept.has(traceId)).length;
  const deviation = Math.sqrt(others.length * SHARE * (1 - SHARE));
  ok(
    Math.abs(othersKept - others.length * SHARE) <= DEVIATIONS * deviation,
    `${othersKept} of ${others.length} others were kept`,
  );
  return { failed: failed.length, slow: slow.length, others: others.length, othersKept };
}
