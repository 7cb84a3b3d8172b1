// Original file: protos/demo.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { WelcomeReply as _demo_WelcomeReply, WelcomeReply__Output as _demo_WelcomeReply__Output } from '../demo/WelcomeReply';
import type { WelcomeRequest as _demo_WelcomeRequest, WelcomeRequest__Output as _demo_WelcomeRequest__Output } from '../demo/WelcomeRequest';

export interface FrontendClient extends grpc.Client {
  Welcome(argument: _demo_WelcomeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_demo_WelcomeReply__Output>): grpc.ClientUnaryCall;
  Welcome(argument: _demo_WelcomeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_demo_WelcomeReply__Output>): grpc.ClientUnaryCall;
  Welcome(argument: _demo_WelcomeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_demo_WelcomeReply__Output>): grpc.ClientUnaryCall;
  Welcome(argument: _demo_WelcomeRequest, callback: grpc.requestCallback<_demo_WelcomeReply__Output>): grpc.ClientUnaryCall;
  welcome(argument: _demo_WelcomeRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_demo_WelcomeReply__Output>): grpc.ClientUnaryCall;
  welcome(argument: _demo_WelcomeRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_demo_WelcomeReply__Output>): grpc.ClientUnaryCall;
  welcome(argument: _demo_WelcomeRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_demo_WelcomeReply__Output>): grpc.ClientUnaryCall;
  welcome(argument: _demo_WelcomeRequest, callback: grpc.requestCallback<_demo_WelcomeReply__Output>): grpc.ClientUnaryCall;
  
}

export interface FrontendHandlers extends grpc.UntypedServiceImplementation {
  Welcome: grpc.handleUnaryCall<_demo_WelcomeRequest__Output, _demo_WelcomeReply>;
  
}

export interface FrontendDefinition extends grpc.ServiceDefinition {
  Welcome: MethodDefinition<_demo_WelcomeRequest, _demo_WelcomeReply, _demo_WelcomeRequest__Output, _demo_WelcomeReply__Output>
}
