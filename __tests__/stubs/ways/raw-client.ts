import { Client, credentials } from '@grpc/grpc-js';
import { Echo } from '../../../tools/echo.js';
import { callbackCalls, PLAIN } from './callback-calls.js';
import { protoLoader } from './proto-loader.js';
import type { Way } from './way.js';

const { Unary, ClientStream, ServerStream, Bidi } = Echo.service;

/** No stub at all: path and serializers are given with every call. */
export const rawClient: Way = {
  name: 'makeUnaryRequest and the like',
  addService: (server) => protoLoader.addService(server),
  connect: (address, options) => {
    const client = new Client(address, credentials.createInsecure(), options);
    const calls = callbackCalls(
      {
        unary: (request, callback) =>
          client.makeUnaryRequest(Unary.path, Unary.requestSerialize, Unary.responseDeserialize, request, callback),
        clientStream: (callback) =>
          client.makeClientStreamRequest(
            ClientStream.path,
            ClientStream.requestSerialize,
            ClientStream.responseDeserialize,
            callback,
          ),
        serverStream: (request) =>
          client.makeServerStreamRequest(
            ServerStream.path,
            ServerStream.requestSerialize,
            ServerStream.responseDeserialize,
            request,
          ),
        bidi: () => client.makeBidiStreamRequest(Bidi.path, Bidi.requestSerialize, Bidi.responseDeserialize),
      },
      PLAIN,
    );
    return { calls, close: () => client.close() };
  },
};
