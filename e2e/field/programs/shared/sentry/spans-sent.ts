import type { AttributeValue, Attributes } from '@opentelemetry/api';
import type { SpanLine } from '../../../exchange.js';
import type { Received } from '../receiver.js';
import { scopeOf } from '../scope-of.js';

/** What Sentry sends for a span that has spans below it. */
interface Transaction {
  readonly transaction: string;
  readonly contexts: { readonly trace: Omit<TransactionSpan, 'description'> };
  readonly tags?: Attributes;
  readonly spans: readonly TransactionSpan[];
}

interface TransactionSpan {
  readonly description: string;
  readonly trace_id: string;
  readonly span_id: string;
  readonly parent_span_id?: string;
  readonly status: string;
  readonly data: Attributes;
}

/** What it sends, since 11, for spans. */
interface StreamedSpan {
  readonly name: string;
  readonly trace_id: string;
  readonly span_id: string;
  readonly parent_span_id?: string;
  readonly status: string;
  readonly attributes: Readonly<Record<string, { readonly value: AttributeValue }>>;
}

/** The spans in what Sentry has sent: lines of JSON, a header before each item. */
export function spansSent(received: readonly Received[]): SpanLine[] {
  const lines = received.flatMap(({ body }) => Buffer.from(body).toString().split('\n'));
  return lines.filter((line) => line !== '').flatMap((line) => spansOf(JSON.parse(line)));
}

function spansOf(item: object): SpanLine[] {
  // The casts: of what Sentry sends only these have those fields.
  if ('contexts' in item && 'spans' in item) return ofTransaction(item as Transaction);
  if ('items' in item) return (item.items as readonly StreamedSpan[]).filter((it) => 'span_id' in it).map(ofStream);
  return [];
}

function ofTransaction({ transaction, contexts, tags, spans }: Transaction): SpanLine[] {
  const { data, ...trace } = contexts.trace;
  const root = { ...trace, data: { ...data, ...tags }, description: transaction };
  return [root, ...spans].map(({ description, data: attributes, ...span }) =>
    spanLineOf(description, attributes, span),
  );
}

function ofStream({ name, attributes, ...span }: StreamedSpan): SpanLine {
  const values = Object.entries(attributes).map(([key, { value }]) => [key, value] as const);
  return spanLineOf(name, Object.fromEntries(values), span);
}

type SpanIds = Pick<StreamedSpan, 'trace_id' | 'span_id' | 'parent_span_id' | 'status'>;

function spanLineOf(name: string, attributes: Attributes, span: SpanIds): SpanLine {
  return {
    scope: scopeOf(attributes),
    name,
    kind: String(attributes['otel.kind'] ?? attributes['sentry.kind'] ?? 'INTERNAL').toUpperCase(),
    traceId: span.trace_id,
    spanId: span.span_id,
    ...(span.parent_span_id === undefined ? {} : { parentSpanId: span.parent_span_id }),
    status: span.status === 'ok' ? 'UNSET' : 'ERROR',
    attributes,
  };
}
