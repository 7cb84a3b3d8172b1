import { deepStrictEqual } from 'node:assert';
import type { SpanLine } from './span-line.js';
import { BAGGAGE_VALUE, type Visit } from './visit.js';

/** One span of a call that went from service to service. */
export interface Link {
  readonly service: string;
  readonly kind: string;
  /** Where the caller told its name. */
  readonly peerService?: string;
}

/** What came of one call. */
export interface CallResult {
  readonly traceId: string;
  /** Of the span in whose context the call was made. */
  readonly callerSpanId: string;
  readonly sampled: boolean;
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
    spans.map(({ service, kind, sampled, peerService }) => ({
      service,
      kind,
      sampled,
      ...(peerService === undefined ? {} : { peerService }),
    })),
    call.sampled ? links.map((link) => ({ ...link, sampled: true })) : [],
  );
  const handlers = links.filter(({ kind }) => kind === 'SERVER');
  const entered = spans.filter(({ kind }) => kind === 'SERVER');
  for (const visits of call.answers) {
    deepStrictEqual(
      visits,
      handlers.map(({ service }, index) => ({
        service,
        traceId: call.traceId,
        // A span that is not sampled is exported by nobody: its id is not to be known.
        spanId: call.sampled ? entered[index]?.spanId : visits[index]?.spanId,
        sampled: call.sampled,
        baggage: BAGGAGE_VALUE,
      })),
    );
  }
}
