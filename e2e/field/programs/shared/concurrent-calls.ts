import * as grpc from '@grpc/grpc-js';
import { Echo } from '../../../../tools/echo.js';
import { invoke, SHAPES } from '../../../../tools/invoke.js';
import { serve } from './echo-service.js';
import { CALLER, watchingHandlers, type Look } from './watching-handlers.js';

export const CALLERS = ['one', 'another'];

/** Makes calls at the same time, of each shape by each caller. */
export async function concurrentCalls(
  interceptors: grpc.ServerInterceptor[],
  look: Look,
  clientInterceptors: grpc.Interceptor[] = [],
): Promise<void> {
  const server = new grpc.Server({ interceptors });
  server.addService(Echo.service, watchingHandlers(look));
  const { address, close } = await serve(server);
  const client = new Echo(address, grpc.credentials.createInsecure(), { interceptors: clientInterceptors });
  const results = CALLERS.flatMap((caller) => {
    const metadata = new grpc.Metadata();
    metadata.set(CALLER, caller);
    return SHAPES.map((shape) => invoke(client, shape, { metadata }).result);
  });
  await Promise.all(results);
  client.close();
  await close();
}
