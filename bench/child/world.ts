import type * as grpc from '@grpc/grpc-js';
import { promisify } from 'node:util';
import type { EchoClient } from '../../protos/types/test/Echo';
import { echoOf } from '../../tools/echo.js';
import type { Caller } from './run-load.js';
import { HANDLERS, type Handlers } from './service.js';
import { bareStub, stubCaller, type Stub } from './stub.js';

/** Server and client of one variant. */
export interface World {
  readonly caller: Caller;
  close(): void;
}

/** What a variant adds to server and client. */
export interface WorldParts {
  readonly handlers?: Handlers;
  readonly serverInterceptors?: grpc.ServerInterceptor[];
  readonly clientInterceptors?: grpc.Interceptor[];
  readonly stub?: (client: EchoClient) => Stub;
}

export async function startWorld(module: typeof grpc, parts: WorldParts): Promise<World> {
  const { handlers = HANDLERS, serverInterceptors, clientInterceptors, stub = bareStub } = parts;
  const Echo = echoOf(module);
  const server = new module.Server(serverInterceptors && { interceptors: serverInterceptors });
  server.addService(Echo.service, handlers);
  const bind = promisify(server.bindAsync.bind(server));
  const port = await bind('127.0.0.1:0', module.ServerCredentials.createInsecure());
  const client = new Echo(
    `127.0.0.1:${port}`,
    module.credentials.createInsecure(),
    clientInterceptors && { interceptors: clientInterceptors },
  );
  return {
    caller: stubCaller(stub(client)),
    close() {
      client.close();
      server.forceShutdown();
    },
  };
}
