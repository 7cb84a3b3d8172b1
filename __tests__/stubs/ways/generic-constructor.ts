import { credentials, makeGenericClientConstructor } from '@grpc/grpc-js';
import type { EchoClient } from '../../../protos/types/test/Echo';
import { Echo } from '../../../tools/echo.js';
import { callbackCalls, PLAIN } from './callback-calls.js';
import { protoLoader } from './proto-loader.js';
import type { Way } from './way.js';

export const genericConstructor: Way = {
  name: 'makeGenericClientConstructor',
  addService: (server) => protoLoader.addService(server),
  connect: (address, options) => {
    const Constructor = makeGenericClientConstructor(Echo.service, 'Echo');
    // The constructor knows no message types; the definition that it was made from has these methods.
    const client = new Constructor(address, credentials.createInsecure(), options) as unknown as EchoClient;
    return { calls: callbackCalls(client, PLAIN), close: () => client.close() };
  },
};
