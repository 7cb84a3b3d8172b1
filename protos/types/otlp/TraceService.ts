// Original file: protos/otlp.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ExportTraceServiceRequest as _otlp_ExportTraceServiceRequest, ExportTraceServiceRequest__Output as _otlp_ExportTraceServiceRequest__Output } from '../otlp/ExportTraceServiceRequest';
import type { ExportTraceServiceResponse as _otlp_ExportTraceServiceResponse, ExportTraceServiceResponse__Output as _otlp_ExportTraceServiceResponse__Output } from '../otlp/ExportTraceServiceResponse';

export interface TraceServiceClient extends grpc.Client {
  Export(argument: _otlp_ExportTraceServiceRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_otlp_ExportTraceServiceResponse__Output>): grpc.ClientUnaryCall;
  Export(argument: _otlp_ExportTraceServiceRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_otlp_ExportTraceServiceResponse__Output>): grpc.ClientUnaryCall;
  Export(argument: _otlp_ExportTraceServiceRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_otlp_ExportTraceServiceResponse__Output>): grpc.ClientUnaryCall;
  Export(argument: _otlp_ExportTraceServiceRequest, callback: grpc.requestCallback<_otlp_ExportTraceServiceResponse__Output>): grpc.ClientUnaryCall;
  export(argument: _otlp_ExportTraceServiceRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_otlp_ExportTraceServiceResponse__Output>): grpc.ClientUnaryCall;
  export(argument: _otlp_ExportTraceServiceRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_otlp_ExportTraceServiceResponse__Output>): grpc.ClientUnaryCall;
  export(argument: _otlp_ExportTraceServiceRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_otlp_ExportTraceServiceResponse__Output>): grpc.ClientUnaryCall;
  export(argument: _otlp_ExportTraceServiceRequest, callback: grpc.requestCallback<_otlp_ExportTraceServiceResponse__Output>): grpc.ClientUnaryCall;
  
}

export interface TraceServiceHandlers extends grpc.UntypedServiceImplementation {
  Export: grpc.handleUnaryCall<_otlp_ExportTraceServiceRequest__Output, _otlp_ExportTraceServiceResponse>;
  
}

export interface TraceServiceDefinition extends grpc.ServiceDefinition {
  Export: MethodDefinition<_otlp_ExportTraceServiceRequest, _otlp_ExportTraceServiceResponse, _otlp_ExportTraceServiceRequest__Output, _otlp_ExportTraceServiceResponse__Output>
}
