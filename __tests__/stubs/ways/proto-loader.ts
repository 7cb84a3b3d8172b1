import { credentials } from '@grpc/grpc-js';
import { Echo } from '../../../tools/echo.js';
import { callbackCalls, PLAIN } from './callback-calls.js';
import { mirror } from './mirror.js';
import type { Way } from './way.js';

/** The .proto file is read at run time; the types alone were generated. */
export const protoLoader: Way = {
  name: 'proto-loader',
  addService: (server) => server.addService(Echo.service, mirror()),
  connect: (address, options) => {
    const client = new Echo(address, credentials.createInsecure(), options);
    return { calls: callbackCalls(client, PLAIN), close: () => client.close() };
  },
};
