import { SpanStatusCode, type Attributes, type HrTime } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { spanRow } from '../span-row.js';
import { timeText } from '../time-line.js';
import type { TraceRow } from '../trace-tree.js';

/** A span as the page shows it: a row, and what is told of it when it is chosen. */
export interface PageSpan {
  readonly row: TraceRow;
  readonly sections: readonly Section[];
}

export interface Section {
  readonly title: string;
  readonly entries: readonly Entry[];
}

export type Entry = readonly [name: string, value: string];

export function pageSpan(span: ReadableSpan): PageSpan {
  const events = span.events.map(({ name, time, attributes = {} }) => ({
    title: `Event: ${name}, ${timeText(millisBetween(span.startTime, time))} after the start`,
    entries: entriesOf(attributes),
  }));
  const links = span.links.map(({ context: { traceId, spanId }, attributes = {} }) => ({
    title: 'Link',
    entries: [...entriesOf({ 'trace id': traceId, 'span id': spanId }), ...entriesOf(attributes)],
  }));
  return {
    row: spanRow(span),
    sections: [
      { title: 'Attributes', entries: entriesOf(span.attributes) },
      ...events,
      ...links,
      { title: 'Resource', entries: entriesOf(span.resource.attributes) },
      { title: 'Span', entries: entriesOf(identity(span)) },
    ],
  };
}

/** What places the span among others, and how OpenTelemetry has it that it ended. */
function identity(span: ReadableSpan): Attributes {
  const { traceId, spanId, traceState } = span.spanContext();
  const { name, version } = span.instrumentationScope;
  return {
    status: statusText(span),
    'trace id': traceId,
    'span id': spanId,
    'parent span id': span.parentSpanContext?.spanId,
    'trace state': traceState?.serialize(),
    scope: [name, version].filter(Boolean).join(' '),
  };
}

function statusText({ status: { code, message } }: ReadableSpan): string {
  return [SpanStatusCode[code], message].filter(Boolean).join(': ');
}

function entriesOf(attributes: Attributes): Entry[] {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
}

function millisBetween([fromSeconds, fromNanos]: HrTime, [toSeconds, toNanos]: HrTime): number {
  return (toSeconds - fromSeconds) * 1000 + (toNanos - fromNanos) / 1e6;
}
