import { decode } from '@msgpack/msgpack';
import type { SpanLine } from '../../exchange.js';
import type { Received } from '../shared/receiver.js';
import { scopeOf } from '../shared/scope-of.js';

/** As Datadog's agent takes it. */
interface DatadogSpan {
  readonly name: string;
  readonly resource: string;
  readonly type?: string;
  readonly trace_id: bigint | number;
  readonly span_id: bigint | number;
  readonly parent_id: bigint | number;
  readonly error: number;
  readonly meta: Readonly<Record<string, string>>;
}

/** The spans in what dd-trace has sent: lists of traces. */
export function spansSent(received: readonly Received[]): SpanLine[] {
  const traces = received
    .filter(({ path }) => path.endsWith('/traces'))
    // The cast: what is sent there has this form.
    .flatMap(({ body }) => decode(body, { useBigInt64: true }) as readonly (readonly DatadogSpan[])[]);
  return traces.flat().map(spanLineOf);
}

function spanLineOf({ name, type, meta, ...span }: DatadogSpan): SpanLine {
  const parentId = hex(span.parent_id);
  return {
    // Those of its own plugins have one.
    scope: meta['component'] ?? scopeOf(meta),
    name,
    kind: String(meta['span.kind']).toUpperCase(),
    traceId: hex(span.trace_id),
    spanId: hex(span.span_id),
    ...(/^0+$/.test(parentId) ? {} : { parentSpanId: parentId }),
    status: span.error === 0 ? 'UNSET' : 'ERROR',
    attributes: { ...meta, resource: span.resource, ...(type === undefined ? {} : { 'span.type': type }) },
  };
}

function hex(id: bigint | number): string {
  return id.toString(16).padStart(16, '0');
}
