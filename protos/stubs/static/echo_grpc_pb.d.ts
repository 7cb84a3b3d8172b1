// package: test
// file: echo.proto

/* tslint:disable */
/* eslint-disable */

import * as grpc from "@grpc/grpc-js";
import * as echo_pb from "./echo_pb";

interface IEchoService extends grpc.ServiceDefinition<grpc.UntypedServiceImplementation> {
    unary: IEchoService_IUnary;
    clientStream: IEchoService_IClientStream;
    serverStream: IEchoService_IServerStream;
    bidi: IEchoService_IBidi;
}

interface IEchoService_IUnary extends grpc.MethodDefinition<echo_pb.Msg, echo_pb.Msg> {
    path: "/test.Echo/Unary";
    requestStream: false;
    responseStream: false;
    requestSerialize: grpc.serialize<echo_pb.Msg>;
    requestDeserialize: grpc.deserialize<echo_pb.Msg>;
    responseSerialize: grpc.serialize<echo_pb.Msg>;
    responseDeserialize: grpc.deserialize<echo_pb.Msg>;
}
interface IEchoService_IClientStream extends grpc.MethodDefinition<echo_pb.Msg, echo_pb.Msg> {
    path: "/test.Echo/ClientStream";
    requestStream: true;
    responseStream: false;
    requestSerialize: grpc.serialize<echo_pb.Msg>;
    requestDeserialize: grpc.deserialize<echo_pb.Msg>;
    responseSerialize: grpc.serialize<echo_pb.Msg>;
    responseDeserialize: grpc.deserialize<echo_pb.Msg>;
}
interface IEchoService_IServerStream extends grpc.MethodDefinition<echo_pb.Msg, echo_pb.Msg> {
    path: "/test.Echo/ServerStream";
    requestStream: false;
    responseStream: true;
    requestSerialize: grpc.serialize<echo_pb.Msg>;
    requestDeserialize: grpc.deserialize<echo_pb.Msg>;
    responseSerialize: grpc.serialize<echo_pb.Msg>;
    responseDeserialize: grpc.deserialize<echo_pb.Msg>;
}
interface IEchoService_IBidi extends grpc.MethodDefinition<echo_pb.Msg, echo_pb.Msg> {
    path: "/test.Echo/Bidi";
    requestStream: true;
    responseStream: true;
    requestSerialize: grpc.serialize<echo_pb.Msg>;
    requestDeserialize: grpc.deserialize<echo_pb.Msg>;
    responseSerialize: grpc.serialize<echo_pb.Msg>;
    responseDeserialize: grpc.deserialize<echo_pb.Msg>;
}

export const EchoService: IEchoService;

export interface IEchoServer extends grpc.UntypedServiceImplementation {
    unary: grpc.handleUnaryCall<echo_pb.Msg, echo_pb.Msg>;
    clientStream: grpc.handleClientStreamingCall<echo_pb.Msg, echo_pb.Msg>;
    serverStream: grpc.handleServerStreamingCall<echo_pb.Msg, echo_pb.Msg>;
    bidi: grpc.handleBidiStreamingCall<echo_pb.Msg, echo_pb.Msg>;
}

export interface IEchoClient {
    unary(request: echo_pb.Msg, callback: (error: grpc.ServiceError | null, response: echo_pb.Msg) => void): grpc.ClientUnaryCall;
    unary(request: echo_pb.Msg, metadata: grpc.Metadata, callback: (error: grpc.ServiceError | null, response: echo_pb.Msg) => void): grpc.ClientUnaryCall;
    unary(request: echo_pb.Msg, metadata: grpc.Metadata, options: Partial<grpc.CallOptions>, callback: (error: grpc.ServiceError | null, response: echo_pb.Msg) => void): grpc.ClientUnaryCall;
    clientStream(callback: (error: grpc.ServiceError | null, response: echo_pb.Msg) => void): grpc.ClientWritableStream<echo_pb.Msg>;
    clientStream(metadata: grpc.Metadata, callback: (error: grpc.ServiceError | null, response: echo_pb.Msg) => void): grpc.ClientWritableStream<echo_pb.Msg>;
    clientStream(options: Partial<grpc.CallOptions>, callback: (error: grpc.ServiceError | null, response: echo_pb.Msg) => void): grpc.ClientWritableStream<echo_pb.Msg>;
    clientStream(metadata: grpc.Metadata, options: Partial<grpc.CallOptions>, callback: (error: grpc.ServiceError | null, response: echo_pb.Msg) => void): grpc.ClientWritableStream<echo_pb.Msg>;
    serverStream(request: echo_pb.Msg, options?: Partial<grpc.CallOptions>): grpc.ClientReadableStream<echo_pb.Msg>;
    serverStream(request: echo_pb.Msg, metadata?: grpc.Metadata, options?: Partial<grpc.CallOptions>): grpc.ClientReadableStream<echo_pb.Msg>;
    bidi(): grpc.ClientDuplexStream<echo_pb.Msg, echo_pb.Msg>;
    bidi(options: Partial<grpc.CallOptions>): grpc.ClientDuplexStream<echo_pb.Msg, echo_pb.Msg>;
    bidi(metadata: grpc.Metadata, options?: Partial<grpc.CallOptions>): grpc.ClientDuplexStream<echo_pb.Msg, echo_pb.Msg>;
}

export class EchoClient extends grpc.Client implements IEchoClient {
    constructor(address: string, credentials: grpc.ChannelCredentials, options?: Partial<grpc.ClientOptions>);
    public unary(request: echo_pb.Msg, callback: (error: grpc.ServiceError | null, response: echo_pb.Msg) => void): grpc.ClientUnaryCall;
    public unary(request: echo_pb.Msg, metadata: grpc.Metadata, callback: (error: grpc.ServiceError | null, response: echo_pb.Msg) => void): grpc.ClientUnaryCall;
    public unary(request: echo_pb.Msg, metadata: grpc.Metadata, options: Partial<grpc.CallOptions>, callback: (error: grpc.ServiceError | null, response: echo_pb.Msg) => void): grpc.ClientUnaryCall;
    public clientStream(callback: (error: grpc.ServiceError | null, response: echo_pb.Msg) => void): grpc.ClientWritableStream<echo_pb.Msg>;
    public clientStream(metadata: grpc.Metadata, callback: (error: grpc.ServiceError | null, response: echo_pb.Msg) => void): grpc.ClientWritableStream<echo_pb.Msg>;
    public clientStream(options: Partial<grpc.CallOptions>, callback: (error: grpc.ServiceError | null, response: echo_pb.Msg) => void): grpc.ClientWritableStream<echo_pb.Msg>;
    public clientStream(metadata: grpc.Metadata, options: Partial<grpc.CallOptions>, callback: (error: grpc.ServiceError | null, response: echo_pb.Msg) => void): grpc.ClientWritableStream<echo_pb.Msg>;
    public serverStream(request: echo_pb.Msg, options?: Partial<grpc.CallOptions>): grpc.ClientReadableStream<echo_pb.Msg>;
    public serverStream(request: echo_pb.Msg, metadata?: grpc.Metadata, options?: Partial<grpc.CallOptions>): grpc.ClientReadableStream<echo_pb.Msg>;
    public bidi(options?: Partial<grpc.CallOptions>): grpc.ClientDuplexStream<echo_pb.Msg, echo_pb.Msg>;
    public bidi(metadata?: grpc.Metadata, options?: Partial<grpc.CallOptions>): grpc.ClientDuplexStream<echo_pb.Msg, echo_pb.Msg>;
}
