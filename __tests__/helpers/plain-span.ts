import { SpanKind, SpanStatusCode, type Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';

/** A span as a plain object: everything it says but ids and times, so that `toEqual` finds what is too much as well. */
export interface PlainSpan {
  readonly name: string;
  readonly kind: string;
  readonly attributes: Attributes;
  readonly status: { readonly code: string; readonly message?: string };
  readonly events: readonly { readonly name: string; readonly attributes: Attributes }[];
  readonly links: number;
}

export function plainSpan(span: ReadableSpan): PlainSpan {
  const { message } = span.status;
  return {
    name: span.name,
    kind: SpanKind[span.kind],
    attributes: span.attributes,
    status: { code: SpanStatusCode[span.status.code], ...(message === undefined ? {} : { message }) },
    events: span.events.map(({ name, attributes }) => ({ name, attributes: attributes ?? {} })),
    links: span.links.length,
  };
}
