import { SpanKind, SpanStatusCode, type Attributes, type HrTime } from '@opentelemetry/api';
import type { RecordedSpan } from 'grpc-js-opentelemetry/testing';
import type { JaegerSpan, Tags } from './query.js';

export type Protocol = 'Thrift' | 'OTLP';

/** What a span says, without its ids and times. */
export type SpanContent = Pick<
  RecordedSpan,
  'name' | 'kind' | 'attributes' | 'status' | 'events' | 'instrumentationScope'
> & { readonly resource: Pick<RecordedSpan['resource'], 'attributes'> };

/** What Jaeger is to show of it. */
export type JaegerContent = Pick<JaegerSpan, 'service' | 'name' | 'tags' | 'process' | 'logs' | 'warnings'>;

/** All that Jaeger is to show of a span that reached it by this protocol. */
export function expectedSpan(span: RecordedSpan, protocol: Protocol): JaegerSpan {
  return {
    traceId: span.spanContext().traceId,
    spanId: span.spanContext().spanId,
    parentSpanId: span.parentSpanContext?.spanId,
    start: micros(span.startTime),
    duration: micros(span.duration),
    ...expectedContent(span, protocol),
  };
}

export function expectedContent(span: SpanContent, protocol: Protocol): JaegerContent {
  const { 'service.name': service, ...resource } = span.resource.attributes;
  return {
    service: String(service),
    name: span.name,
    tags: {
      ...tags(span.attributes, protocol),
      ...statusTags(span),
      ...kindTag(span.kind, protocol),
      ...scopeTags(span, protocol),
      ...(protocol === 'Thrift' && thriftTags(span)),
    },
    process: protocol === 'OTLP' ? tags(resource, protocol) : {},
    logs: span.events.map(({ name, attributes }) => ({ event: name, ...tags(attributes ?? {}, protocol) })),
    warnings: [],
  };
}

function statusTags({ status }: SpanContent): Tags {
  if (status.code !== SpanStatusCode.ERROR) return {};
  return {
    error: true,
    'otel.status_code': 'ERROR',
    ...(status.message && { 'otel.status_description': status.message }),
  };
}

/** The exporter knows of the process its name alone, and puts the resource on every span; the last is Jaeger's own. */
function thriftTags({ resource }: SpanContent): Tags {
  return { ...tags(resource.attributes, 'Thrift'), '@jaeger@format': 'jaeger' };
}

function kindTag(kind: SpanKind, protocol: Protocol): Tags {
  if (kind === SpanKind.INTERNAL && protocol === 'Thrift') return {};
  return { 'span.kind': SpanKind[kind].toLowerCase() };
}

function scopeTags({ instrumentationScope: { name, version } }: SpanContent, protocol: Protocol): Tags {
  const key = protocol === 'Thrift' ? 'otel.library' : 'otel.scope';
  // The Thrift exporter writes a version that is not there as a word.
  const shown = protocol === 'Thrift' ? String(version) : version;
  return { [`${key}.name`]: name, ...(shown && { [`${key}.version`]: shown }) };
}

function tags(attributes: Attributes, protocol: Protocol): Tags {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => {
      // Jaeger has no lists.
      if (Array.isArray(value)) return [key, protocol === 'Thrift' ? value.join(',') : JSON.stringify(value)];
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [key, value];
      throw new Error(`no rule for the attribute ${key}: ${JSON.stringify(value)}`);
    }),
  );
}

function micros([seconds, nanos]: HrTime): number {
  return seconds * 1e6 + Math.floor(nanos / 1000);
}
