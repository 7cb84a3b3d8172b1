import { SpanKind, TraceFlags, type HrTime } from '@opentelemetry/api';
import type { RecordedSpan } from './recorded-span.js';
import { spanTree } from './span-tree.js';
import { tracedCall } from './traced-call.js';

/**
 * The spans as text, a tree for each trace, a line for each span: what the assertions show when they fail, and of use in a
 * `console.log`. A line has the kind, the name, the call's code and the span's id, then what is out of the ordinary.
 *
 * @example
 * trace 0af7651916cd43dd8448eb211c80319c
 * CLIENT helloworld.Greeter/SayHello OK b7ad6b7169203331
 * └ SERVER helloworld.Greeter/SayHello OK 00f067aa0ba902b7
 */
export function formatSpans(spans: readonly RecordedSpan[]): string {
  if (spans.length === 0) return 'there are no spans';
  const rows = spans
    .map((span) => ({ span, spanId: span.spanContext().spanId, parentSpanId: span.parentSpanContext?.spanId }))
    .sort((a, b) => compareTimes(a.span.startTime, b.span.startTime));
  const traceIds = new Set(rows.map(({ span }) => span.spanContext().traceId));
  return [...traceIds]
    .map((traceId) => {
      const own = rows.filter(({ span }) => span.spanContext().traceId === traceId);
      const known = new Set(own.map(({ spanId }) => spanId));
      const lines = spanTree(own).map(({ row, branch }) => `${branch}${lineOf(row.span, known)}`);
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

function lineOf(span: RecordedSpan, known: ReadonlySet<string>): string {
  const { spanId, traceFlags } = span.spanContext();
  const parent = span.parentSpanContext?.spanId;
  const remarks = [
    span.ended ? undefined : 'open',
    (traceFlags & TraceFlags.SAMPLED) === 0 ? 'not sampled' : undefined,
    parent === undefined || known.has(parent) ? undefined : `parent ${parent} is not here`,
  ].filter((remark) => remark !== undefined);
  return [`${spanTitle(span)} ${spanId}`, ...remarks].join(', ');
}

/** Names come from whoever made the call: none may move the cursor. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, '?');
}

function compareTimes([aSeconds, aNanos]: HrTime, [bSeconds, bNanos]: HrTime): number {
  return aSeconds - bSeconds || aNanos - bNanos;
}
