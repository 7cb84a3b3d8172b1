// Original file: protos/otlp.proto

import type { ResourceSpans as _otlp_ResourceSpans, ResourceSpans__Output as _otlp_ResourceSpans__Output } from '../otlp/ResourceSpans';

export interface ExportTraceServiceRequest {
  'resourceSpans'?: (_otlp_ResourceSpans)[];
}

export interface ExportTraceServiceRequest__Output {
  'resourceSpans': (_otlp_ResourceSpans__Output)[];
}
