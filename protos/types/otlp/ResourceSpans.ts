// Original file: protos/otlp.proto

import type { ScopeSpans as _otlp_ScopeSpans, ScopeSpans__Output as _otlp_ScopeSpans__Output } from '../otlp/ScopeSpans';

export interface ResourceSpans {
  'scopeSpans'?: (_otlp_ScopeSpans)[];
}

export interface ResourceSpans__Output {
  'scopeSpans': (_otlp_ScopeSpans__Output)[];
}
