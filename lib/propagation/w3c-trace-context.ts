import { isSpanContextValid, trace, type SpanContext, type TextMapPropagator } from '@opentelemetry/api';
import { MAX_READ, trimOws } from './header-text.js';
import { isTracingSuppressed } from './suppression.js';
import { normalizeTraceState, parseTraceState } from './w3c-trace-state.js';

const TRACEPARENT = 'traceparent';
const TRACESTATE = 'tracestate';

// Section numbers are those of W3C Trace Context Level 2.
const LENGTH = 55; // 3.2.2.2
const SAMPLED = 0x01; // 3.2.2.5.1
const RANDOM_TRACE_ID = 0x02; // 3.2.2.5.2
// Lower-case hex only (3.2.2, HEXDIGLC); a later version may go on after another dash (3.2.4). Every part has a fixed
// length, so there is nothing to go back to.
const FORMAT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(?:-|$)/;

function parseTraceparent(header: string): SpanContext | undefined {
  if (header.length > MAX_READ) return undefined;
  const text = trimOws(header);
  if (!FORMAT.test(text) || text.startsWith('ff')) return undefined;
  const known = text.startsWith('00');
  if (known && text.length !== LENGTH) return undefined;
  // Of a later version only the sampled bit is known (3.2.4); unknown bits must not be passed on (3.2.2.5.3).
  const traceFlags = Number.parseInt(text.slice(53, LENGTH), 16) & (known ? SAMPLED | RANDOM_TRACE_ID : SAMPLED);
  const spanContext = { traceId: text.slice(3, 35), spanId: text.slice(36, 52), traceFlags, isRemote: true };
  // Not all zeros (3.2.2.3, 3.2.2.4).
  return isSpanContextValid(spanContext) ? spanContext : undefined;
}

/** A repeated `traceparent` says nothing: there is no telling which of them is the caller. */
function single(header: string | string[] | undefined): string | undefined {
  if (!Array.isArray(header)) return header;
  return header.length === 1 ? header[0] : undefined;
}

/** `traceparent` and `tracestate`, W3C Trace Context. */
export const w3cTraceContextPropagator: TextMapPropagator = {
  inject(context, carrier, setter) {
    const spanContext = trace.getSpanContext(context);
    if (spanContext === undefined || isTracingSuppressed(context) || !isSpanContextValid(spanContext)) return;
    const { traceId, spanId, traceFlags, traceState } = spanContext;
    const flags = (traceFlags & (SAMPLED | RANDOM_TRACE_ID)).toString();
    // The API takes upper-case ids for valid; on the wire they are not.
    setter.set(carrier, TRACEPARENT, `00-${traceId.toLowerCase()}-${spanId.toLowerCase()}-0${flags}`);
    if (traceState === undefined) return;
    const list = normalizeTraceState(traceState.serialize());
    if (list !== '') setter.set(carrier, TRACESTATE, list);
  },

  extract(context, carrier, getter) {
    const header = single(getter.get(carrier, TRACEPARENT));
    const spanContext = typeof header === 'string' ? parseTraceparent(header) : undefined;
    if (spanContext === undefined) return context;
    const traceState = parseTraceState(getter.get(carrier, TRACESTATE));
    if (traceState !== undefined) spanContext.traceState = traceState;
    return trace.setSpanContext(context, spanContext);
  },

  fields: () => [TRACEPARENT, TRACESTATE],
};
