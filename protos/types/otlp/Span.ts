// Original file: protos/otlp.proto

import type { SpanKind as _otlp_SpanKind, SpanKind__Output as _otlp_SpanKind__Output } from '../otlp/SpanKind';

export interface Span {
  'name'?: (string);
  'kind'?: (_otlp_SpanKind);
}

export interface Span__Output {
  'name': (string);
  'kind': (_otlp_SpanKind__Output);
}
