import { context, propagation, trace } from '@opentelemetry/api';
import { tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { callEcho, serveEcho } from '../shared/echo-service.js';
import { isTraced, tell } from '../shared/spans.js';
import { FRAMEWORKS } from './frameworks.js';

const { FRAMEWORK = '', EXTRACTS } = process.env;

const interceptors = isTraced
  ? { server: [tracingServerInterceptor()], client: [tracingClientInterceptor()] }
  : { server: [], client: [] };

/** A request as a caller sends it that is traced. */
function get(url: string): Promise<unknown> {
  return trace.getTracer('application').startActiveSpan('caller', async (span) => {
    const headers: Record<string, string> = {};
    propagation.inject(context.active(), headers);
    const response = await fetch(url, { headers });
    span.end();
    return response.json();
  });
}

async function main(): Promise<void> {
  const echo = await serveEcho(interceptors.server);
  const start = FRAMEWORKS[FRAMEWORK];
  if (!start) throw new Error(`no framework ${FRAMEWORK}`);
  const web = await start(() => callEcho(echo.address, interceptors.client), EXTRACTS === 'yes');
  // Both at once: neither must get into the other's context.
  const seen = await Promise.all([get(web.url), get(web.url)]);
  await web.close();
  await echo.close();
  await tell(seen);
}

void main();
