import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ProtoGrpcType } from '../protos/types/echo';
import type { EchoClient } from '../protos/types/test/Echo';
import type { GrpcModule } from './grpc-copy.js';
import type { Variant } from './variants.js';

const definition = loadSync(join(__dirname, '../protos/echo.proto'), { defaults: true });

/** Server and client of one variant, on a connection of their own. */
export interface World {
  readonly name: string;
  readonly client: EchoClient;
  close(): void;
}

export async function startWorld(name: string, variant: Variant, module: GrpcModule = grpc): Promise<World> {
  // loadPackageDefinition knows no message types; the generated type describes this very file.
  const { Echo } = (module.loadPackageDefinition(definition) as unknown as ProtoGrpcType).test;
  const server = new module.Server(variant.serverOptions);
  server.addService(Echo.service, variant.handlers);
  const bind = promisify(server.bindAsync.bind(server));
  const port = await bind('127.0.0.1:0', module.ServerCredentials.createInsecure());
  const client = new Echo(`127.0.0.1:${port}`, module.credentials.createInsecure(), variant.clientOptions);
  return {
    name,
    client: variant.client(client),
    close() {
      client.close();
      server.forceShutdown();
    },
  };
}
