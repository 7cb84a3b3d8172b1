// Original file: protos/echo.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { Msg as _test_Msg, Msg__Output as _test_Msg__Output } from '../test/Msg';

export interface EchoClient extends grpc.Client {
  Bidi(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_test_Msg, _test_Msg__Output>;
  Bidi(options?: grpc.CallOptions): grpc.ClientDuplexStream<_test_Msg, _test_Msg__Output>;
  bidi(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_test_Msg, _test_Msg__Output>;
  bidi(options?: grpc.CallOptions): grpc.ClientDuplexStream<_test_Msg, _test_Msg__Output>;
  
  ClientStream(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_test_Msg__Output>): grpc.ClientWritableStream<_test_Msg>;
  ClientStream(metadata: grpc.Metadata, callback: grpc.requestCallback<_test_Msg__Output>): grpc.ClientWritableStream<_test_Msg>;
  ClientStream(options: grpc.CallOptions, callback: grpc.requestCallback<_test_Msg__Output>): grpc.ClientWritableStream<_test_Msg>;
  ClientStream(callback: grpc.requestCallback<_test_Msg__Output>): grpc.ClientWritableStream<_test_Msg>;
  clientStream(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_test_Msg__Output>): grpc.ClientWritableStream<_test_Msg>;
  clientStream(metadata: grpc.Metadata, callback: grpc.requestCallback<_test_Msg__Output>): grpc.ClientWritableStream<_test_Msg>;
  clientStream(options: grpc.CallOptions, callback: grpc.requestCallback<_test_Msg__Output>): grpc.ClientWritableStream<_test_Msg>;
  clientStream(callback: grpc.requestCallback<_test_Msg__Output>): grpc.ClientWritableStream<_test_Msg>;
  
  ServerStream(argument: _test_Msg, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_test_Msg__Output>;
  ServerStream(argument: _test_Msg, options?: grpc.CallOptions): grpc.ClientReadableStream<_test_Msg__Output>;
  serverStream(argument: _test_Msg, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_test_Msg__Output>;
  serverStream(argument: _test_Msg, options?: grpc.CallOptions): grpc.ClientReadableStream<_test_Msg__Output>;
  
  Unary(argument: _test_Msg, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_test_Msg__Output>): grpc.ClientUnaryCall;
  Unary(argument: _test_Msg, metadata: grpc.Metadata, callback: grpc.requestCallback<_test_Msg__Output>): grpc.ClientUnaryCall;
  Unary(argument: _test_Msg, options: grpc.CallOptions, callback: grpc.requestCallback<_test_Msg__Output>): grpc.ClientUnaryCall;
  Unary(argument: _test_Msg, callback: grpc.requestCallback<_test_Msg__Output>): grpc.ClientUnaryCall;
  unary(argument: _test_Msg, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_test_Msg__Output>): grpc.ClientUnaryCall;
  unary(argument: _test_Msg, metadata: grpc.Metadata, callback: grpc.requestCallback<_test_Msg__Output>): grpc.ClientUnaryCall;
  unary(argument: _test_Msg, options: grpc.CallOptions, callback: grpc.requestCallback<_test_Msg__Output>): grpc.ClientUnaryCall;
  unary(argument: _test_Msg, callback: grpc.requestCallback<_test_Msg__Output>): grpc.ClientUnaryCall;
  
}

export interface EchoHandlers extends grpc.UntypedServiceImplementation {
  Bidi: grpc.handleBidiStreamingCall<_test_Msg__Output, _test_Msg>;
  
  ClientStream: grpc.handleClientStreamingCall<_test_Msg__Output, _test_Msg>;
  
  ServerStream: grpc.handleServerStreamingCall<_test_Msg__Output, _test_Msg>;
  
  Unary: grpc.handleUnaryCall<_test_Msg__Output, _test_Msg>;
  
}

export interface EchoDefinition extends grpc.ServiceDefinition {
  Bidi: MethodDefinition<_test_Msg, _test_Msg, _test_Msg__Output, _test_Msg__Output>
  ClientStream: MethodDefinition<_test_Msg, _test_Msg, _test_Msg__Output, _test_Msg__Output>
  ServerStream: MethodDefinition<_test_Msg, _test_Msg, _test_Msg__Output, _test_Msg__Output>
  Unary: MethodDefinition<_test_Msg, _test_Msg, _test_Msg__Output, _test_Msg__Output>
}
