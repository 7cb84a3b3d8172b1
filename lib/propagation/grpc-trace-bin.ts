import {
  isSpanContextValid,
  trace,
  TraceFlags,
  type Context,
  type SpanContext,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
} from '@opentelemetry/api';
import { isTracingSuppressed } from './suppression.js';

const HEADER = 'grpc-trace-bin';

// OpenCensus "Binary Format", version 0: one byte of version, then fields of one byte of id and a fixed length each.
const VERSION = 0;
const TRACE_ID = 0;
const SPAN_ID = 1;
const TRACE_OPTIONS = 2;
const FIELD_LENGTHS = [16, 8, 1] as const;
const LENGTH = 29;
// A header is decoded one byte further than that and no more. What follows the three fields has an id that is not known
// yet; a field that comes twice, as in two headers run together, is cut off.
const ENOUGH_BASE64 = Math.ceil((LENGTH + 1) / 3) * 4;

function encode({ traceId, spanId, traceFlags }: SpanContext): string {
  const bytes = Buffer.alloc(LENGTH);
  bytes.write(traceId, 2, 'hex');
  bytes[18] = SPAN_ID;
  bytes.write(spanId, 19, 'hex');
  bytes[27] = TRACE_OPTIONS;
  bytes[28] = traceFlags & TraceFlags.SAMPLED;
  return bytes.toString('base64');
}

/** Reads fields, in whatever order, up to the first unknown one, which is no error; `undefined` where one is cut off. */
function readFields(bytes: Buffer): (Buffer | undefined)[] | undefined {
  const fields: (Buffer | undefined)[] = [];
  for (let at = 1; at < bytes.length;) {
    const id = bytes[at] ?? Number.NaN;
    const length = FIELD_LENGTHS[id];
    if (length === undefined) break;
    const end = at + 1 + length;
    if (end > bytes.length) return undefined;
    fields[id] = bytes.subarray(at + 1, end);
    at = end;
  }
  return fields;
}

function decode(header: string): SpanContext | undefined {
  const bytes = Buffer.from(header.slice(0, ENOUGH_BASE64), 'base64');
  if (bytes[0] !== VERSION) return undefined;
  const fields = readFields(bytes);
  if (fields === undefined) return undefined;
  const spanContext = {
    traceId: fields[TRACE_ID]?.toString('hex') ?? '',
    spanId: fields[SPAN_ID]?.toString('hex') ?? '',
    // The meaning of the other bits is not defined.
    traceFlags: (fields[TRACE_OPTIONS]?.[0] ?? TraceFlags.NONE) & TraceFlags.SAMPLED,
    isRemote: true,
  };
  return isSpanContextValid(spanContext) ? spanContext : undefined;
}

/**
 * Trace context in the binary header `grpc-trace-bin`, which gRPC's OpenCensus plugins and older Google clients send
 * and gRFC A72 keeps for migration. Beside W3C in a composite propagator, both headers are written, and of those that
 * arrive the later in the composite's list wins.
 *
 * On the wire: 29 bytes, a version and three fields (OpenCensus "Binary Format"); towards the carrier base64, which
 * {@link metadataGetter} and {@link metadataSetter} turn into bytes. Carries no trace state and no baggage. An unknown
 * version, a field that is cut off or invalid ids are ignored; unknown fields after the known ones are no error. Never
 * throws.
 *
 * @category Propagate contexts
 *
 * @example
 * ```ts
 * const propagator = new CompositePropagator({
 *   propagators: [new GrpcTraceBinPropagator(), new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
 * });
 * const interceptor = tracingServerInterceptor({ propagator });
 * ```
 */
export class GrpcTraceBinPropagator implements TextMapPropagator {
  inject<Carrier>(context: Context, carrier: Carrier, setter: TextMapSetter<Carrier>): void {
    const spanContext = trace.getSpanContext(context);
    if (spanContext === undefined || isTracingSuppressed(context) || !isSpanContextValid(spanContext)) return;
    setter.set(carrier, HEADER, encode(spanContext));
  }

  extract<Carrier>(context: Context, carrier: Carrier, getter: TextMapGetter<Carrier>): Context {
    const values = getter.get(carrier, HEADER);
    // More than one is no caller at all, as with `traceparent`.
    const header = Array.isArray(values) && values.length === 1 ? values[0] : values;
    const spanContext = typeof header === 'string' ? decode(header) : undefined;
    return spanContext === undefined ? context : trace.setSpanContext(context, spanContext);
  }

  fields(): string[] {
    return [HEADER];
  }
}
