import { SpanKind, TraceFlags } from '@opentelemetry/api';
import type { RecordedSpan } from 'grpc-js-opentelemetry/testing';

/** What is compared of a span: a peer prints each of its own in this form, as the JSON line {"span": …}. */
export interface SpanLine {
  readonly service: string;
  readonly name: string;
  /** In capitals, as OpenTelemetry names it. */
  readonly kind: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly sampled: boolean;
  /** The caller's name, where it told it: client.service.name here, peer.service of those that know older conventions. */
  readonly peerService?: string;
}

/** The span in a line that a peer printed; undefined where it printed something else. */
export function spanIn(line: string): SpanLine | undefined {
  // Every peer writes its lines as objects with one of these keys.
  return (JSON.parse(line) as { readonly span?: SpanLine }).span;
}

export function spanLineOf(service: string, span: RecordedSpan): SpanLine {
  const { traceId, spanId, traceFlags } = span.spanContext();
  const parentSpanId = span.parentSpanContext?.spanId;
  const peerService = span.attributes['client.service.name'];
  return {
    service,
    name: span.name,
    kind: SpanKind[span.kind],
    traceId,
    spanId,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    sampled: (traceFlags & TraceFlags.SAMPLED) !== 0,
    ...(typeof peerService === 'string' ? { peerService } : {}),
  };
}
