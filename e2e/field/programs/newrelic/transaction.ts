import type { Attributes } from '@opentelemetry/api';
import type { SpanLine } from '../../exchange.js';

/** What New Relic's agent makes of what a request, or a job, has come to. */
export interface Transaction {
  readonly type: 'web' | 'bg';
  readonly traceId: string;
  /** The caller's, by the headers. */
  readonly parentSpanId: string | null;
  readonly trace: { readonly segments: { readonly root: Node } };
  getFullName(): string;
}

interface Node {
  readonly segment: Segment;
  readonly children: readonly Node[];
}

/** What it makes of a span. */
interface Segment {
  readonly id: string;
  readonly name: string;
  getAttributes(): Attributes;
}

export function spansOf(transaction: Transaction): SpanLine[] {
  const { traceId, parentSpanId, type } = transaction;
  const fromHere = ({ segment, children }: Node, parent: string | null): SpanLine[] => {
    const attributes: Attributes = { ...segment.getAttributes(), transaction: transaction.getFullName() };
    const line: SpanLine = {
      scope: String(attributes['otel.scope.name'] ?? 'newrelic'),
      name: segment.name,
      // A segment has no kind. Here a web transaction is a call that is served, and another makes calls.
      kind: type === 'web' ? 'SERVER' : 'CLIENT',
      traceId,
      spanId: segment.id,
      ...(parent === null ? {} : { parentSpanId: parent }),
      status: attributes['status.code'] === 'error' ? 'ERROR' : 'UNSET',
      attributes,
    };
    return [line, ...children.flatMap((child) => fromHere(child, segment.id))];
  };
  // The root stands for the transaction itself.
  return transaction.trace.segments.root.children.flatMap((child) => fromHere(child, parentSpanId));
}
