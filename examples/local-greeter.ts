import { join } from 'node:path';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { ProtoGrpcType } from '../protos/types/helloworld.js';
import type { GreeterHandlers } from '../protos/types/helloworld/Greeter.js';
import type { HelloReply__Output } from '../protos/types/helloworld/HelloReply.js';
import { reply } from './calls.js';
import { whileServing } from './local-server.js';

// The cast: proto-loader reads the file at run time, and the generated type says what is in it.
const { helloworld } = grpc.loadPackageDefinition(
  loadSync(join(__dirname, '../protos/helloworld.proto'), { defaults: true }),
) as unknown as ProtoGrpcType;

/** A call of the greeter; resolves with the greeting. */
export type Greet = (name: string, metadata?: grpc.Metadata, options?: grpc.CallOptions) => Promise<string>;

export type SayHello = GreeterHandlers['SayHello'];

export interface GreeterOptions {
  /** Where the greeter is added, with interceptors as you like. */
  readonly server: grpc.Server;
  /** What its client is made with. */
  readonly client: grpc.ClientOptions;
  readonly sayHello?: SayHello;
}

/** A greeter and a client of it, both in this process, for as long as `use` takes. */
export async function whileGreeting(
  { server, client: clientOptions, sayHello = sayHelloToAll }: GreeterOptions,
  use: (greet: Greet, address: string) => Promise<void>,
): Promise<void> {
  server.addService(helloworld.Greeter.service, { SayHello: sayHello });
  await whileServing(server, async (address) => {
    const client = new helloworld.Greeter(address, grpc.credentials.createInsecure(), clientOptions);
    try {
      await use(async (name, metadata = new grpc.Metadata(), options = {}) => {
        const { message } = await reply<HelloReply__Output>((callback) =>
          client.sayHello({ name }, metadata, options, callback),
        );
        return message;
      }, address);
    } finally {
      client.close();
    }
  });
}

const sayHelloToAll: SayHello = (call, callback) => callback(null, { message: `Hello ${call.request.name}` });
