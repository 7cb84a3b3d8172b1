import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { ExportTraceServiceRequest as _otlp_ExportTraceServiceRequest, ExportTraceServiceRequest__Output as _otlp_ExportTraceServiceRequest__Output } from './otlp/ExportTraceServiceRequest';
import type { ExportTraceServiceResponse as _otlp_ExportTraceServiceResponse, ExportTraceServiceResponse__Output as _otlp_ExportTraceServiceResponse__Output } from './otlp/ExportTraceServiceResponse';
import type { ResourceSpans as _otlp_ResourceSpans, ResourceSpans__Output as _otlp_ResourceSpans__Output } from './otlp/ResourceSpans';
import type { ScopeSpans as _otlp_ScopeSpans, ScopeSpans__Output as _otlp_ScopeSpans__Output } from './otlp/ScopeSpans';
import type { Span as _otlp_Span, Span__Output as _otlp_Span__Output } from './otlp/Span';
import type { TraceServiceClient as _otlp_TraceServiceClient, TraceServiceDefinition as _otlp_TraceServiceDefinition } from './otlp/TraceService';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  otlp: {
    ExportTraceServiceRequest: MessageTypeDefinition<_otlp_ExportTraceServiceRequest, _otlp_ExportTraceServiceRequest__Output>
    ExportTraceServiceResponse: MessageTypeDefinition<_otlp_ExportTraceServiceResponse, _otlp_ExportTraceServiceResponse__Output>
    ResourceSpans: MessageTypeDefinition<_otlp_ResourceSpans, _otlp_ResourceSpans__Output>
    ScopeSpans: MessageTypeDefinition<_otlp_ScopeSpans, _otlp_ScopeSpans__Output>
    Span: MessageTypeDefinition<_otlp_Span, _otlp_Span__Output>
    SpanKind: EnumTypeDefinition
    TraceService: SubtypeConstructor<typeof grpc.Client, _otlp_TraceServiceClient> & { service: _otlp_TraceServiceDefinition }
  }
}

