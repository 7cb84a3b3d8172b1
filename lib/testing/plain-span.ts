import { SpanKind, SpanStatusCode, type Attributes } from '@opentelemetry/api';
import type { RecordedSpan } from './recorded-span.js';

/**
 * What a span says, without what differs from run to run: its ids and its times.
 *
 * @category Look at spans
 */
export interface PlainSpan {
  /** The full method, `helloworld.Greeter/SayHello`, unless a hook changed it. */
  readonly name: string;
  /** `CLIENT`, `SERVER`, `INTERNAL`, … */
  readonly kind: string;
  /** All of them. */
  readonly attributes: Attributes;
  /** The span's own status, which is not gRPC's. */
  readonly status: {
    /** `UNSET`, `OK` or `ERROR`. */
    readonly code: string;
    /** Absent where the span has none. */
    readonly message?: string;
  };
  /** In the order in which they were added. */
  readonly events: readonly {
    /** `exception`, `Inbound message`, … */
    readonly name: string;
    /** Empty where the event has none. */
    readonly attributes: Attributes;
  }[];
  /** How many there are. */
  readonly links: number;
}

/**
 * A span as a plain object, to compare as a whole: an attribute that is too much is found too.
 *
 * @category Look at spans
 *
 * @example
 * ```ts
 * expect(plainSpan(workSpan)).toEqual({
 *   name: 'work',
 *   kind: 'INTERNAL',
 *   attributes: { tenant: 'a' },
 *   status: { code: 'UNSET' },
 *   events: [],
 *   links: 0,
 * });
 * ```
 */
export function plainSpan(
  span: Pick<RecordedSpan, 'name' | 'kind' | 'attributes' | 'status' | 'events' | 'links'>,
): PlainSpan {
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
