import { ROOT_CONTEXT, SpanKind, trace, type Attributes, type Link } from '@opentelemetry/api';
import { AlwaysOnSampler, BasicTracerProvider, type IdGenerator, type Sampler } from '@opentelemetry/sdk-trace-node';
import { InMemoryTelemetry, type RecordedSpan } from 'grpc-js-opentelemetry/testing';

/** Ids that count up, so that a whole message can be compared. */
class CountingIds implements IdGenerator {
  #traces = 0;
  #spans = 0;

  generateTraceId(): string {
    return String(++this.#traces).padStart(32, '0');
  }

  generateSpanId(): string {
    return String(++this.#spans).padStart(16, '0');
  }
}

export const TRACE_1 = '1'.padStart(32, '0');
export const TRACE_2 = '2'.padStart(32, '0');
export const SPAN_1 = '1'.padStart(16, '0');
export const SPAN_2 = '2'.padStart(16, '0');
export const SPAN_3 = '3'.padStart(16, '0');

/** Telemetry whose first trace is 1 and whose spans are 1, 2, 3, in the order of their starts. */
export function countedTelemetry(sampler: Sampler = new AlwaysOnSampler()): InMemoryTelemetry<BasicTracerProvider> {
  return new InMemoryTelemetry(
    (recorder) => new BasicTracerProvider({ sampler, idGenerator: new CountingIds(), spanProcessors: [recorder] }),
  );
}

export interface SpanSaid {
  readonly name?: string;
  readonly kind?: SpanKind;
  readonly attributes?: Attributes;
  readonly parent?: RecordedSpan;
  readonly links?: Link[];
}

let seconds = 0;

/** Records a span that says this, later than the one before, by the SDK itself. */
export function record(telemetry: InMemoryTelemetry, said: SpanSaid = {}): RecordedSpan {
  const { name = 'a.B/C', kind = SpanKind.CLIENT, attributes = {}, parent, links = [] } = said;
  const context = parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent.spanContext());
  telemetry.tracerProvider
    .getTracer('test')
    .startSpan(name, { kind, attributes, links, startTime: [++seconds, 0] }, context)
    .end();
  const span = telemetry.spans.at(-1);
  if (span === undefined) throw new Error('the sampler has left the span out');
  return span;
}

/** The attributes of a call's span by the stable conventions. */
export function called(code: string | undefined, method = 'a.B/C'): Attributes {
  return { 'rpc.system.name': 'grpc', 'rpc.method': method, ...(code !== undefined && { 'rpc.status_code': code }) };
}
