import { trace } from '@opentelemetry/api';
import { tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { callEcho, serveEcho } from '../shared/echo-service.js';
import { isTraced } from '../shared/is-traced.js';

const interceptors = isTraced
  ? { server: [tracingServerInterceptor()], client: [tracingClientInterceptor()] }
  : { server: [], client: [] };

/** Its spans are in nobody's memory: the SDK exports them. */
export async function calls(): Promise<void> {
  const server = await serveEcho(interceptors.server);
  const seen = await trace.getTracer('application').startActiveSpan('caller', async (span) => {
    const results = await callEcho(server.address, interceptors.client);
    span.end();
    return results;
  });
  await server.close();
  console.log(JSON.stringify({ seen, spans: [] }));
}
