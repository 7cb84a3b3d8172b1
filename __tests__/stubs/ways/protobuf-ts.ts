import { credentials } from '@grpc/grpc-js';
import { GrpcTransport } from '@protobuf-ts/grpc-transport';
import type { Msg } from '../../../protos/stubs/protobuf-ts/echo.js';
import { EchoClient } from '../../../protos/stubs/protobuf-ts/echo.client.js';
import { echoDefinition } from '../../../protos/stubs/protobuf-ts/echo.grpc-server.js';
import { mirror } from './mirror.js';
import { TEXT, type Calls, type Way } from './way.js';

const MESSAGE: Msg = { text: TEXT, n: 0 };

interface Requests {
  send(message: Msg): Promise<void>;
  complete(): Promise<void>;
}

async function write(requests: Requests): Promise<void> {
  await requests.send(MESSAGE);
  await requests.send(MESSAGE);
  await requests.complete();
}

async function read(responses: AsyncIterable<Msg>): Promise<string[]> {
  const texts: string[] = [];
  for await (const { text } of responses) texts.push(text);
  return texts;
}

function callsOf(client: EchoClient): Calls {
  return {
    Unary: async () => [(await client.unary(MESSAGE).response).text],
    ClientStream: async () => {
      const call = client.clientStream();
      await write(call.requests);
      return [(await call.response).text];
    },
    ServerStream: () => read(client.serverStream(MESSAGE).responses),
    Bidi: async () => {
      const call = client.bidi();
      const [texts] = await Promise.all([read(call.responses), write(call.requests)]);
      return texts;
    },
  };
}

/** Its clients know no grpc-js: a transport does, and takes the options. */
export const protobufTs: Way = {
  name: 'protobuf-ts',
  addService: (server) => server.addService(echoDefinition, mirror<Msg>()),
  connect: (address, clientOptions) => {
    const channelCredentials = credentials.createInsecure();
    const transport = new GrpcTransport({ host: address, channelCredentials, clientOptions });
    return { calls: callsOf(new EchoClient(transport)), close: () => transport.close() };
  },
};
