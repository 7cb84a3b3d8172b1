import { isSpanContextValid, trace, type SpanContext, type TextMapPropagator } from '@opentelemetry/api';
import { isTracingSuppressed } from '../suppression.js';
import { trimOws } from './ows.js';
import { normalizeTraceState, parseTraceState } from './w3c-trace-state.js';

const TRACEPARENT = 'traceparent';
const TRACESTATE = 'tracestate';

// Section numbers are those of W3C Trace Context Level 2.
const LENGTH = 55; // of `00-<32>-<16>-<2>`, 3.2.2
const DASH = 0x2d;
const SAMPLED = 0x01; // 3.2.2.5.1
const RANDOM_TRACE_ID = 0x02; // 3.2.2.5.2

/** The value of a lower-case hex digit, or -1. Upper case is invalid (3.2.2, HEXDIGLC). */
function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
}

function hexByte(text: string, at: number): number {
  const high = hexDigit(text.charCodeAt(at));
  const low = hexDigit(text.charCodeAt(at + 1));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/** Whether `[start, end)` is lower-case hex and not all zero (3.2.2.3, 3.2.2.4). */
function isId(text: string, start: number, end: number): boolean {
  let seen = 0;
  for (let i = start; i < end; i++) {
    const digit = hexDigit(text.charCodeAt(i));
    if (digit < 0) return false;
    seen |= digit;
  }
  return seen !== 0;
}

function parseTraceparent(header: string): SpanContext | undefined {
  const text = trimOws(header);
  const version = hexByte(text, 0);
  if (version < 0 || version === 0xff) return undefined;
  // A later version may go on after the flags, with a dash (3.2.4).
  if (text.length !== LENGTH && (version === 0 || text.charCodeAt(LENGTH) !== DASH)) return undefined;
  if (text.charCodeAt(2) !== DASH || text.charCodeAt(35) !== DASH || text.charCodeAt(52) !== DASH) return undefined;
  const flags = hexByte(text, 53);
  if (flags < 0 || !isId(text, 3, 35) || !isId(text, 36, 52)) return undefined;
  return {
    traceId: text.slice(3, 35),
    spanId: text.slice(36, 52),
    // Of a later version only the sampled bit is known (3.2.4); unknown bits must not be passed on (3.2.2.5.3).
    traceFlags: flags & (version === 0 ? SAMPLED | RANDOM_TRACE_ID : SAMPLED),
    isRemote: true,
  };
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
