import { deepStrictEqual } from 'node:assert';
import type { Shape } from '../../tools/invoke.js';
import type { SpanLine } from './span-line.js';
import type { Visit } from './visit.js';

/** How many answers a call of each shape gets. */
const ANSWERS: Readonly<Record<Shape, number>> = { Unary: 1, ClientStream: 1, ServerStream: 2, Bidi: 2 };

/** One span of a call that went from service to service. */
export interface Link {
  readonly service: string;
  readonly kind: string;
  /** Where the caller told its name. */
  readonly peerService?: string;
  /** What a handler sees of the baggage, where it is not what the call was made with. */
  readonly baggage?: string;
}

/** What came of one call. */
export interface CallResult {
  readonly shape: Shape;
  readonly traceId: string;
  /** Of the span in whose context the call was made. */
  readonly callerSpanId: string;
  readonly sampled: boolean;
  readonly baggage: string;
  /** The visits that each answer tells of. */
  readonly answers: readonly (readonly Visit[])[];
}

/** The spans below a caller's, from the top. @throws where they are not one line, each the only child of the one before. */
export function chain(callerSpanId: string, spans: readonly SpanLine[]): SpanLine[] {
  const line: SpanLine[] = [];
  for (let parent = callerSpanId; line.length < spans.length;) {
    const children = spans.filter(({ parentSpanId }) => parentSpanId === parent);
    const [child] = children;
    if (child === undefined || children.length > 1) {
      throw new Error(`${children.length} spans, not one, below ${parent} in ${JSON.stringify(spans, undefined, 2)}`);
    }
    line.push(child);
    parent = child.spanId;
  }
  return line;
}

/**
 * Holds a call against what must have come of it: the exported spans are these links, each the parent of the next; every
 * handler ran in its own SERVER span, knew whether it is sampled, and saw the baggage. A call that is not sampled leaves
 * no span at all, and the same context.
 */
export function assertCall(call: CallResult, exported: readonly SpanLine[], links: readonly Link[]): void {
  const spans = chain(
    call.callerSpanId,
    exported.filter(({ traceId }) => traceId === call.traceId),
  );
  deepStrictEqual(
    spans.map(({ service, kind, sampled, peerService }) => ({ service, kind, sampled, peerService })),
    call.sampled ? links.map(({ service, kind, peerService }) => ({ service, kind, sampled: true, peerService })) : [],
  );
  deepStrictEqual(call.answers.length, ANSWERS[call.shape], `answers to ${call.shape}`);
  const handlers = links.filter(({ kind }) => kind === 'SERVER');
  const entered = spans.filter(({ kind }) => kind === 'SERVER');
  for (const visits of call.answers) {
    deepStrictEqual(
      visits,
      handlers.map(({ service, baggage = call.baggage }, index) => ({
        service,
        traceId: call.traceId,
        // A span that is not sampled is exported by nobody: its id is not to be known.
        spanId: call.sampled ? entered[index]?.spanId : visits[index]?.spanId,
        sampled: call.sampled,
        baggage,
      })),
    );
  }
}
