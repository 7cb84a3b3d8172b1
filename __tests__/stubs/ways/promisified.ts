import { credentials } from '@grpc/grpc-js';
import { promisify } from 'node:util';
import type { Msg } from '../../../protos/stubs/ts-proto/echo.js';
import { EchoClient } from '../../../protos/stubs/ts-proto/echo.js';
import { callbackCalls, PLAIN } from './callback-calls.js';
import { tsProto } from './ts-proto.js';
import { TEXT, type Way } from './way.js';

/** `promisify` over a stub: what answers once is awaited; streams stay what they are. */
export const promisified: Way = {
  name: 'promisified clients',
  addService: (server) => tsProto.addService(server),
  connect: (address, options) => {
    const client = new EchoClient(address, credentials.createInsecure(), options);
    const unary = promisify<Msg, Msg>(client.unary.bind(client));
    const { ServerStream, Bidi } = callbackCalls(client, PLAIN);
    const calls = {
      Unary: async () => [(await unary(PLAIN.message(TEXT))).text],
      ClientStream: async () => {
        const clientStream = promisify<Msg>((callback) => {
          const call = client.clientStream(callback);
          call.write(PLAIN.message(TEXT));
          call.end(PLAIN.message(TEXT));
        });
        return [(await clientStream()).text];
      },
      ServerStream,
      Bidi,
    };
    return { calls, close: () => client.close() };
  },
};
