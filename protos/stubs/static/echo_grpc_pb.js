// GENERATED CODE -- DO NOT EDIT!

'use strict';
var grpc = require('@grpc/grpc-js');
var echo_pb = require('./echo_pb.js');

function serialize_test_Msg(arg) {
  if (!(arg instanceof echo_pb.Msg)) {
    throw new Error('Expected argument of type test.Msg');
  }
  return Buffer.from(arg.serializeBinary());
}

function deserialize_test_Msg(buffer_arg) {
  return echo_pb.Msg.deserializeBinary(new Uint8Array(buffer_arg));
}


// One method of each call shape; the handlers that tests register decide what happens.
var EchoService = exports.EchoService = {
  unary: {
    path: '/test.Echo/Unary',
    requestStream: false,
    responseStream: false,
    requestType: echo_pb.Msg,
    responseType: echo_pb.Msg,
    requestSerialize: serialize_test_Msg,
    requestDeserialize: deserialize_test_Msg,
    responseSerialize: serialize_test_Msg,
    responseDeserialize: deserialize_test_Msg,
  },
  clientStream: {
    path: '/test.Echo/ClientStream',
    requestStream: true,
    responseStream: false,
    requestType: echo_pb.Msg,
    responseType: echo_pb.Msg,
    requestSerialize: serialize_test_Msg,
    requestDeserialize: deserialize_test_Msg,
    responseSerialize: serialize_test_Msg,
    responseDeserialize: deserialize_test_Msg,
  },
  serverStream: {
    path: '/test.Echo/ServerStream',
    requestStream: false,
    responseStream: true,
    requestType: echo_pb.Msg,
    responseType: echo_pb.Msg,
    requestSerialize: serialize_test_Msg,
    requestDeserialize: deserialize_test_Msg,
    responseSerialize: serialize_test_Msg,
    responseDeserialize: deserialize_test_Msg,
  },
  bidi: {
    path: '/test.Echo/Bidi',
    requestStream: true,
    responseStream: true,
    requestType: echo_pb.Msg,
    responseType: echo_pb.Msg,
    requestSerialize: serialize_test_Msg,
    requestDeserialize: deserialize_test_Msg,
    responseSerialize: serialize_test_Msg,
    responseDeserialize: deserialize_test_Msg,
  },
};

exports.EchoClient = grpc.makeGenericClientConstructor(EchoService);
