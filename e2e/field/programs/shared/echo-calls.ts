import type { Interceptor, ServerInterceptor } from '@grpc/grpc-js';
import { trace } from '@opentelemetry/api';
import { callEcho, serveEcho } from './echo-service.js';

export interface Interceptors {
  readonly serverInterceptors: ServerInterceptor[];
  readonly clientInterceptors: Interceptor[];
}

/** Does what the application does, in a span of its own or what its agent has for one. */
export type Caller = <T>(act: () => Promise<T>) => Promise<T>;

const NONE: Interceptors = { serverInterceptors: [], clientInterceptors: [] };

const inSpan: Caller = (act) =>
  trace.getTracer('application').startActiveSpan('caller', async (span) => {
    const result = await act();
    span.end();
    return result;
  });

/** The calls of the echo service, what they came to. The server is nobody's: it is there before the caller. */
export async function echoCalls(
  { serverInterceptors, clientInterceptors } = NONE,
  caller: Caller = inSpan,
): Promise<unknown> {
  const server = await serveEcho(serverInterceptors);
  const seen = await caller(() => callEcho(server.address, clientInterceptors));
  await server.close();
  return seen;
}
