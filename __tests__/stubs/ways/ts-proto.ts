import { credentials } from '@grpc/grpc-js';
import { EchoClient, EchoService } from '../../../protos/stubs/ts-proto/echo.js';
import { callbackCalls, PLAIN } from './callback-calls.js';
import { mirror } from './mirror.js';
import type { Way } from './way.js';

export const tsProto: Way = {
  name: 'ts-proto',
  addService: (server) => server.addService(EchoService, mirror()),
  connect: (address, options) => {
    const client = new EchoClient(address, credentials.createInsecure(), options);
    return { calls: callbackCalls(client, PLAIN), close: () => client.close() };
  },
};
