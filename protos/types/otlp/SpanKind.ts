// Original file: protos/otlp.proto

export const SpanKind = {
  SPAN_KIND_UNSPECIFIED: 0,
  SPAN_KIND_INTERNAL: 1,
  SPAN_KIND_SERVER: 2,
  SPAN_KIND_CLIENT: 3,
  SPAN_KIND_PRODUCER: 4,
  SPAN_KIND_CONSUMER: 5,
} as const;

export type SpanKind =
  | 'SPAN_KIND_UNSPECIFIED'
  | 0
  | 'SPAN_KIND_INTERNAL'
  | 1
  | 'SPAN_KIND_SERVER'
  | 2
  | 'SPAN_KIND_CLIENT'
  | 3
  | 'SPAN_KIND_PRODUCER'
  | 4
  | 'SPAN_KIND_CONSUMER'
  | 5

export type SpanKind__Output = typeof SpanKind[keyof typeof SpanKind]
