import { SpanKind, TraceFlags, type Attributes, type HrTime, type Link, type SpanContext } from '@opentelemetry/api';
import { inspect } from 'node:util';
import type { RecordedSpan } from './recorded-span.js';
import { spanTree } from './span-tree.js';
import { tracedCall } from './traced-call.js';

/**
 * The spans as text, a tree for each trace, a line for each span: what the assertions show when they fail, and of use in a
 * `console.log`. A line has the kind, the name, the call's code and the span's id, then its links and what is out of the
 * ordinary.
 *
 * @category Look at spans
 *
 * @example
 * ```ts
 * console.log(formatSpans(telemetry.spans));
 * ```
 *
 * ```text
 * trace 0af7651916cd43dd8448eb211c80319c
 * CLIENT helloworld.Greeter/SayHello OK b7ad6b7169203331
 * └ SERVER helloworld.Greeter/SayHello OK 00f067aa0ba902b7
 * ```
 */
export function formatSpans(spans: readonly RecordedSpan[]): string {
  if (spans.length === 0) return 'there are no spans';
  const rows = spans
    .map((span) => ({ span, spanId: span.spanContext().spanId, parentSpanId: span.parentSpanContext?.spanId }))
    .sort((a, b) => compareTimes(a.span.startTime, b.span.startTime));
  const shown = new Set(spans.map((span) => keyOf(span.spanContext())));
  const traceIds = new Set(rows.map(({ span }) => span.spanContext().traceId));
  return [...traceIds]
    .map((traceId) => {
      const own = rows.filter(({ span }) => span.spanContext().traceId === traceId);
      const known = new Set(own.map(({ spanId }) => spanId));
      const lines = spanTree(own).map(({ row, branch }) => `${branch}${lineOf(row.span, known, shown)}`);
      return [`trace ${traceId}`, ...lines].join('\n');
    })
    .join('\n\n');
}

/** A span in a few words: `CLIENT helloworld.Greeter/SayHello NOT_FOUND`. */
export function spanTitle(span: RecordedSpan): string {
  const call = tracedCall(span);
  const words = [SpanKind[span.kind], printable(span.name)];
  // A hook may have given it another name.
  if (call && call.method !== span.name) words.push(`(${printable(call.method)})`);
  if (call?.code !== undefined) words.push(printable(call.code));
  return words.join(' ');
}

/** ` { tenant: 'a' }`, on one line; nothing where there are none. */
export function attributesText(attributes: Attributes = {}): string {
  if (Object.keys(attributes).length === 0) return '';
  return ` ${printable(inspect(attributes, { compact: true, breakLength: Infinity }))}`;
}

function lineOf(span: RecordedSpan, known: ReadonlySet<string>, shown: ReadonlySet<string>): string {
  const { spanId, traceFlags } = span.spanContext();
  const parent = span.parentSpanContext?.spanId;
  const remarks = [
    span.ended ? undefined : 'open',
    (traceFlags & TraceFlags.SAMPLED) === 0 ? 'not sampled' : undefined,
    parent === undefined || known.has(parent) ? undefined : `parent ${parent} is not here`,
    ...span.links.map((link) => linkRemark(link, shown)),
  ].filter((remark) => remark !== undefined);
  return [`${spanTitle(span)} ${spanId}`, ...remarks].join(', ');
}

function linkRemark({ context, attributes }: Link, shown: ReadonlySet<string>): string {
  const where = shown.has(keyOf(context)) ? '' : ` of trace ${context.traceId} (not here)`;
  return `link to ${printable(context.spanId + where)}${attributesText(attributes)}`;
}

function keyOf({ traceId, spanId }: SpanContext): string {
  return `${traceId} ${spanId}`;
}

/** Names, and what links hold, come from whoever made the call: none may move the cursor. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, '?');
}

function compareTimes([aSeconds, aNanos]: HrTime, [bSeconds, bNanos]: HrTime): number {
  return aSeconds - bSeconds || aNanos - bNanos;
}
