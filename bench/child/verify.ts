import { SpanKind } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { SPANS_PER_CALL } from '../variant-names.js';
import { makeCalls, type Subject } from './subject.js';

/** Makes one call and looks at it. @throws where the variant does not make the spans, linked, that it is there to make. */
export async function verify(subject: Subject): Promise<void> {
  const { sdk, task } = subject;
  const spans: ReadableSpan[] = [];
  const traceIds: string[] = [];
  if (sdk !== undefined) {
    sdk.exporter.kept = spans;
    sdk.sampler.traceIds = traceIds;
  }
  await makeCalls(subject, 1, 1);
  if (sdk !== undefined) {
    sdk.exporter.kept = undefined;
    sdk.sampler.traceIds = undefined;
  }
  // Of spans that are not sampled this is all that there is to see.
  if (new Set(traceIds).size > 1) throw new Error(`${task.variant}: the server does not continue the client's trace`);
  if (SPANS_PER_CALL[task.variant] === 2 && spans.length > 0 && !areLinked(spans))
    throw new Error(`${task.variant}: the server's span is not the client's child`);
}

function areLinked(spans: readonly ReadableSpan[]): boolean {
  const client = spans.find(({ kind }) => kind === SpanKind.CLIENT);
  const server = spans.find(({ kind }) => kind === SpanKind.SERVER);
  if (client === undefined || server === undefined || client.parentSpanContext !== undefined) return false;
  const hasAttributes = spans.every(({ attributes }) => attributes['rpc.method'] !== undefined);
  return hasAttributes && server.parentSpanContext?.spanId === client.spanContext().spanId;
}
