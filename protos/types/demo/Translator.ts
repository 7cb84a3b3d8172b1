// Original file: protos/demo.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { TranslateReply as _demo_TranslateReply, TranslateReply__Output as _demo_TranslateReply__Output } from '../demo/TranslateReply';
import type { TranslateRequest as _demo_TranslateRequest, TranslateRequest__Output as _demo_TranslateRequest__Output } from '../demo/TranslateRequest';

export interface TranslatorClient extends grpc.Client {
  Translate(argument: _demo_TranslateRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_demo_TranslateReply__Output>): grpc.ClientUnaryCall;
  Translate(argument: _demo_TranslateRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_demo_TranslateReply__Output>): grpc.ClientUnaryCall;
  Translate(argument: _demo_TranslateRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_demo_TranslateReply__Output>): grpc.ClientUnaryCall;
  Translate(argument: _demo_TranslateRequest, callback: grpc.requestCallback<_demo_TranslateReply__Output>): grpc.ClientUnaryCall;
  translate(argument: _demo_TranslateRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_demo_TranslateReply__Output>): grpc.ClientUnaryCall;
  translate(argument: _demo_TranslateRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_demo_TranslateReply__Output>): grpc.ClientUnaryCall;
  translate(argument: _demo_TranslateRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_demo_TranslateReply__Output>): grpc.ClientUnaryCall;
  translate(argument: _demo_TranslateRequest, callback: grpc.requestCallback<_demo_TranslateReply__Output>): grpc.ClientUnaryCall;
  
  TranslateAll(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_demo_TranslateRequest, _demo_TranslateReply__Output>;
  TranslateAll(options?: grpc.CallOptions): grpc.ClientDuplexStream<_demo_TranslateRequest, _demo_TranslateReply__Output>;
  translateAll(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_demo_TranslateRequest, _demo_TranslateReply__Output>;
  translateAll(options?: grpc.CallOptions): grpc.ClientDuplexStream<_demo_TranslateRequest, _demo_TranslateReply__Output>;
  
}

export interface TranslatorHandlers extends grpc.UntypedServiceImplementation {
  Translate: grpc.handleUnaryCall<_demo_TranslateRequest__Output, _demo_TranslateReply>;
  
  TranslateAll: grpc.handleBidiStreamingCall<_demo_TranslateRequest__Output, _demo_TranslateReply>;
  
}

export interface TranslatorDefinition extends grpc.ServiceDefinition {
  Translate: MethodDefinition<_demo_TranslateRequest, _demo_TranslateReply, _demo_TranslateRequest__Output, _demo_TranslateReply__Output>
  TranslateAll: MethodDefinition<_demo_TranslateRequest, _demo_TranslateReply, _demo_TranslateRequest__Output, _demo_TranslateReply__Output>
}
