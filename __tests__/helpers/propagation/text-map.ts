import {
  propagation,
  ROOT_CONTEXT,
  trace,
  type Context,
  type SpanContext,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
} from '@opentelemetry/api';

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

const getter: TextMapGetter<Headers> = {
  keys: (carrier) => Object.keys(carrier),
  get: (carrier, key) => carrier[key],
};

const setter: TextMapSetter<Record<string, string>> = {
  set: (carrier, key, value) => {
    carrier[key] = value;
  },
};

export function extract(propagator: TextMapPropagator, headers: Headers, context: Context = ROOT_CONTEXT): Context {
  return propagator.extract(context, headers, getter);
}

export function inject(propagator: TextMapPropagator, context: Context): Record<string, string> {
  const headers: Record<string, string> = {};
  propagator.inject(context, headers, setter);
  return headers;
}

/** What was extracted of a span context, the trace state as it would be sent; `undefined` where there is none. */
export function spanContextIn(
  context: Context,
): (Omit<SpanContext, 'traceState'> & { traceState: string }) | undefined {
  const spanContext = trace.getSpanContext(context);
  return spanContext && { ...spanContext, traceState: spanContext.traceState?.serialize() ?? '' };
}

/** What was extracted of baggage: `[key, value, properties]` in their order; `undefined` where there is none. */
export function baggageIn(context: Context): (readonly [string, string, string])[] | undefined {
  return propagation
    .getBaggage(context)
    ?.getAllEntries()
    .map(([key, { value, metadata }]) => [key, value, metadata?.toString() ?? ''] as const);
}

export const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
export const SPAN_ID = 'b7ad6b7169203331';
export const TRACEPARENT = `00-${TRACE_ID}-${SPAN_ID}-01`;
export const CALLER: SpanContext = { traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: 1, isRemote: true };

/** A context whose active span has the caller's ids, and what is given over them. */
export function contextOf(spanContext: Partial<SpanContext> = {}): Context {
  return trace.setSpanContext(ROOT_CONTEXT, { ...CALLER, ...spanContext });
}
