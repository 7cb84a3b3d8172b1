// Original file: protos/otlp.proto

import type { Span as _otlp_Span, Span__Output as _otlp_Span__Output } from '../otlp/Span';

export interface ScopeSpans {
  'spans'?: (_otlp_Span)[];
}

export interface ScopeSpans__Output {
  'spans': (_otlp_Span__Output)[];
}
