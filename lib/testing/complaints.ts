import { TraceFlags } from '@opentelemetry/api';
import { inspect } from 'node:util';
import { callsIn, describeExpected, differences, spansOfMethod, type ExpectedCall } from './expected-call.js';
import { formatSpans, spanTitle } from './format-spans.js';
import { isRecordedSpan, type RecordedSpan } from './recorded-span.js';

/** Why something does not hold, for people; undefined if it does. The assertions and the matchers share it. */
export type Complaint = string | undefined;

/** Unless exactly one of the spans is as expected. */
export function unlessTraced(spans: unknown, expected: ExpectedCall): Complaint {
  const recorded = recordedSpans(spans);
  const count = callsIn(recorded, expected).length;
  if (count === 1) return undefined;
  const what = `expected one ${describeExpected(expected)}`;
  if (count > 1) return `${what}, but there are ${count}\n\n${formatSpans(recorded)}`;
  const others = spansOfMethod(recorded, expected).map(
    (span) => `${span.spanContext().spanId}: ${differences(span, expected).join('; ')}`,
  );
  const near = others.length === 0 ? ', but there is none' : `, but\n${others.join('\n')}`;
  return `${what}${near}\n\n${formatSpans(recorded)}`;
}

/** If any of the spans is as expected. */
export function ifTraced(spans: unknown, expected: ExpectedCall): Complaint {
  const recorded = recordedSpans(spans);
  const count = callsIn(recorded, expected).length;
  if (count === 0) return undefined;
  const found = count === 1 ? 'there is one' : `there are ${count}`;
  return `expected no ${describeExpected(expected)}, but ${found}\n\n${formatSpans(recorded)}`;
}

/** Unless the child is of the same trace as the parent, is its child, and both are sampled. */
export function unlessLinked(parent: unknown, child: unknown): Complaint {
  const spans = [recordedSpan('parent', parent), recordedSpan('child', child)] as const;
  const broken = [...breaks(...spans), ...notSampled(...spans)];
  return broken.length === 0
    ? undefined
    : `${linkText('expected', ...spans)}, but ${broken.join(' and ')}\n\n${formatSpans(spans)}`;
}

/** If the child is the parent's, sampled or not. */
export function ifLinked(parent: unknown, child: unknown): Complaint {
  const spans = [recordedSpan('parent', parent), recordedSpan('child', child)] as const;
  return breaks(...spans).length === 0 ? `${linkText('did not expect', ...spans)}\n\n${formatSpans(spans)}` : undefined;
}

function linkText(start: string, parent: RecordedSpan, child: RecordedSpan): string {
  return `${start} ${spanTitle(child)} to be linked to ${spanTitle(parent)}`;
}

function breaks(parent: RecordedSpan, child: RecordedSpan): string[] {
  const above = parent.spanContext();
  const broken: string[] = [];
  if (child.spanContext().traceId !== above.traceId) broken.push('it is in another trace');
  const parentId = child.parentSpanContext?.spanId;
  if (parentId === undefined) broken.push('it has no parent');
  else if (parentId !== above.spanId) broken.push(`its parent is ${parentId}, not ${above.spanId}`);
  return broken;
}

function notSampled(parent: RecordedSpan, child: RecordedSpan): string[] {
  const isSampled = (span: RecordedSpan) => (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;
  return [
    ...(isSampled(parent) ? [] : ['the parent is not sampled']),
    ...(isSampled(child) ? [] : ['it is not sampled']),
  ];
}

function recordedSpans(value: unknown): readonly RecordedSpan[] {
  if (Array.isArray(value) && value.every(isRecordedSpan)) return value;
  throw new TypeError(`expected a list of recorded spans, got ${inspect(value, { depth: 0 })}`);
}

function recordedSpan(what: string, value: unknown): RecordedSpan {
  if (isRecordedSpan(value)) return value;
  throw new TypeError(`expected a recorded span for the ${what}, got ${inspect(value, { depth: 0 })}`);
}
