import { TraceFlags, type Attributes, type Link, type SpanContext } from '@opentelemetry/api';
import { inspect } from 'node:util';
import { attributeDifferences } from './differences.js';
import { callsIn, describeExpected, differences, spansOfMethod, type ExpectedCall } from './expected-call.js';
import { attributesText, formatSpans, spanTitle } from './format-spans.js';
import { isRecordedSpan, isSpanContext, type RecordedSpan } from './recorded-span.js';

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
export function unlessChild(child: unknown, parent: unknown): Complaint {
  const spans = parentAndChild(child, parent);
  const broken = [...breaks(...spans), ...notSampled(...spans)];
  return broken.length === 0
    ? undefined
    : `${childText('expected', ...spans)}, but ${broken.join(' and ')}\n\n${formatSpans(spans)}`;
}

/** If the child is the parent's, sampled or not. */
export function ifChild(child: unknown, parent: unknown): Complaint {
  const spans = parentAndChild(child, parent);
  return breaks(...spans).length === 0
    ? `${childText('did not expect', ...spans)}\n\n${formatSpans(spans)}`
    : undefined;
}

/** Unless one of the span's links leads to that context, with these attributes among its own. */
export function unlessSpanLink(span: unknown, to: unknown, attributes: Attributes = {}): Complaint {
  const from = recordedSpan('with links', span);
  const target = linkTarget(to);
  const links = linksTo(from, target);
  const misses = links.map((link) => attributeDifferences(link.attributes, attributes).join('; '));
  if (misses.includes('')) return undefined;
  const found = misses.length > 0 ? misses.map((miss) => `\n${miss}`).join('') : ` ${otherLinks(from)}`;
  return `expected ${linkText(from, target, attributes)}, but${found}\n\n${shown(from, target)}`;
}

/** If one of the span's links leads to that context, with these attributes among its own. */
export function ifSpanLink(span: unknown, to: unknown, attributes: Attributes = {}): Complaint {
  const from = recordedSpan('with links', span);
  const target = linkTarget(to);
  const isThere = linksTo(from, target).some((link) => attributeDifferences(link.attributes, attributes).length === 0);
  return isThere ? `did not expect ${linkText(from, target, attributes)}\n\n${shown(from, target)}` : undefined;
}

function parentAndChild(child: unknown, parent: unknown): readonly [parent: RecordedSpan, child: RecordedSpan] {
  return [recordedSpan('for the parent', parent), recordedSpan('for the child', child)];
}

function childText(start: string, parent: RecordedSpan, child: RecordedSpan): string {
  return `${start} ${spanTitle(child)} to be a child of ${spanTitle(parent)}`;
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

/** Where a link is to lead: a span that was recorded, or the context of one that was not. */
interface LinkTarget {
  readonly context: SpanContext;
  readonly recorded: RecordedSpan | undefined;
}

function linkTarget(to: unknown): LinkTarget {
  if (isRecordedSpan(to)) return { context: to.spanContext(), recorded: to };
  if (isSpanContext(to)) return { context: to, recorded: undefined };
  throw new TypeError(`expected a recorded span or a span context for the link, got ${inspect(to, { depth: 0 })}`);
}

function linksTo(from: RecordedSpan, { context: { traceId, spanId } }: LinkTarget): readonly Link[] {
  return from.links.filter(({ context }) => context.traceId === traceId && context.spanId === spanId);
}

function otherLinks({ links }: RecordedSpan): string {
  if (links.length === 0) return 'it has no link';
  return links.length === 1 ? 'its link leads elsewhere' : `its ${links.length} links lead elsewhere`;
}

function linkText(from: RecordedSpan, { context, recorded }: LinkTarget, attributes: Attributes): string {
  const to = recorded === undefined ? `span ${context.spanId} of trace ${context.traceId}` : spanTitle(recorded);
  return `${spanTitle(from)} to have a link to ${to}${attributesText(attributes)}`;
}

function shown(from: RecordedSpan, { recorded }: LinkTarget): string {
  return formatSpans(recorded === undefined || recorded === from ? [from] : [recorded, from]);
}

function recordedSpans(value: unknown): readonly RecordedSpan[] {
  if (Array.isArray(value) && value.every(isRecordedSpan)) return value;
  throw new TypeError(`expected a list of recorded spans, got ${inspect(value, { depth: 0 })}`);
}

function recordedSpan(what: string, value: unknown): RecordedSpan {
  if (isRecordedSpan(value)) return value;
  throw new TypeError(`expected a recorded span ${what}, got ${inspect(value, { depth: 0 })}`);
}
