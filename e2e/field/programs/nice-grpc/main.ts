import { trace } from '@opentelemetry/api';
import { createChannel, createClientFactory, createServer } from 'nice-grpc';
import { retryMiddleware } from 'nice-grpc-client-middleware-retry';
import { EchoDefinition } from '../../../../protos/stubs/nice-grpc/echo.js';
import { isTraced, tell } from '../shared/spans.js';
import { calls, retriedCall, type EchoClient } from './calls.js';
import { echoService } from './handlers.js';
import { tracedChannel, tracedServer } from './traced.js';

/** What is called within a span of the application. */
function within(name: string, call: () => Promise<unknown>): Promise<unknown> {
  return trace.getTracer('application').startActiveSpan(name, async (span) => {
    const result = await call();
    span.end();
    return result;
  });
}

async function main(): Promise<void> {
  const server = isTraced ? tracedServer() : createServer();
  server.add(EchoDefinition, echoService());
  const address = `127.0.0.1:${await server.listen('127.0.0.1:0')}`;
  const channel = isTraced ? tracedChannel(address) : createChannel(address);
  const client: EchoClient = createClientFactory().use(retryMiddleware).create(EchoDefinition, channel);
  const seen = [await within('caller', () => calls(client)), await within('retrying', () => retriedCall(client))];
  channel.close();
  await server.shutdown();
  await tell(seen);
}

void main();
