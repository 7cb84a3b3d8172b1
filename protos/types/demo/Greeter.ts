// Original file: protos/demo.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { GreetManyRequest as _demo_GreetManyRequest, GreetManyRequest__Output as _demo_GreetManyRequest__Output } from '../demo/GreetManyRequest';
import type { GreetReply as _demo_GreetReply, GreetReply__Output as _demo_GreetReply__Output } from '../demo/GreetReply';
import type { GreetRequest as _demo_GreetRequest, GreetRequest__Output as _demo_GreetRequest__Output } from '../demo/GreetRequest';

export interface GreeterClient extends grpc.Client {
  Greet(argument: _demo_GreetRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_demo_GreetReply__Output>): grpc.ClientUnaryCall;
  Greet(argument: _demo_GreetRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_demo_GreetReply__Output>): grpc.ClientUnaryCall;
  Greet(argument: _demo_GreetRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_demo_GreetReply__Output>): grpc.ClientUnaryCall;
  Greet(argument: _demo_GreetRequest, callback: grpc.requestCallback<_demo_GreetReply__Output>): grpc.ClientUnaryCall;
  greet(argument: _demo_GreetRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_demo_GreetReply__Output>): grpc.ClientUnaryCall;
  greet(argument: _demo_GreetRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_demo_GreetReply__Output>): grpc.ClientUnaryCall;
  greet(argument: _demo_GreetRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_demo_GreetReply__Output>): grpc.ClientUnaryCall;
  greet(argument: _demo_GreetRequest, callback: grpc.requestCallback<_demo_GreetReply__Output>): grpc.ClientUnaryCall;
  
  GreetMany(argument: _demo_GreetManyRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_demo_GreetReply__Output>;
  GreetMany(argument: _demo_GreetManyRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_demo_GreetReply__Output>;
  greetMany(argument: _demo_GreetManyRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_demo_GreetReply__Output>;
  greetMany(argument: _demo_GreetManyRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_demo_GreetReply__Output>;
  
}

export interface GreeterHandlers extends grpc.UntypedServiceImplementation {
  Greet: grpc.handleUnaryCall<_demo_GreetRequest__Output, _demo_GreetReply>;
  
  GreetMany: grpc.handleServerStreamingCall<_demo_GreetManyRequest__Output, _demo_GreetReply>;
  
}

export interface GreeterDefinition extends grpc.ServiceDefinition {
  Greet: MethodDefinition<_demo_GreetRequest, _demo_GreetReply, _demo_GreetRequest__Output, _demo_GreetReply__Output>
  GreetMany: MethodDefinition<_demo_GreetManyRequest, _demo_GreetReply, _demo_GreetManyRequest__Output, _demo_GreetReply__Output>
}
