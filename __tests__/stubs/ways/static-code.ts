import { credentials } from '@grpc/grpc-js';
import { EchoClient, EchoService } from '../../../protos/stubs/static/echo_grpc_pb.js';
import { Msg } from '../../../protos/stubs/static/echo_pb.js';
import { callbackCalls, type Codec } from './callback-calls.js';
import { mirror } from './mirror.js';
import type { Way } from './way.js';

const MESSAGES: Codec<Msg, Msg> = {
  message: (text) => new Msg().setText(text),
  text: (message) => message.getText(),
};

/** What grpc-tools generates: messages are classes with getters and setters. */
export const staticCode: Way = {
  name: 'static code of grpc-tools',
  addService: (server) => server.addService(EchoService, mirror<Msg>()),
  connect: (address, options) => {
    const client = new EchoClient(address, credentials.createInsecure(), options);
    return { calls: callbackCalls(client, MESSAGES), close: () => client.close() };
  },
};
