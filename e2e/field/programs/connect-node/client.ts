import { ConnectError, createClient } from '@connectrpc/connect';
import { createGrpcTransport, Http2SessionManager } from '@connectrpc/connect-node';
import { trace } from '@opentelemetry/api';
import { tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { Echo } from '../../../../protos/stubs/protobuf-es/echo_pb.js';
import { REFUSED, serveEcho } from '../shared/echo-service.js';
import { isTraced } from '../shared/spans.js';
import { sendContext } from './send-context.js';

async function* twice(text: string): AsyncIterable<{ text: string }> {
  yield { text };
  yield { text };
}

async function textsOf(stream: AsyncIterable<{ text: string }>): Promise<readonly string[]> {
  const texts = [];
  for await (const { text } of stream) texts.push(text);
  return texts;
}

/** The calls of a client of connect-node to a server of grpc-js. */
export async function callGrpcJs(): Promise<unknown> {
  const server = await serveEcho(isTraced ? [tracingServerInterceptor()] : []);
  const baseUrl = `http://${server.address}`;
  const sessionManager = new Http2SessionManager(baseUrl);
  const client = createClient(Echo, createGrpcTransport({ baseUrl, sessionManager, interceptors: [sendContext] }));
  const seen = await trace.getTracer('application').startActiveSpan('caller', async (span) => {
    const results = [
      (await client.unary({ text: 'hello' })).text,
      (await client.clientStream(twice('hello'))).text,
      await textsOf(client.serverStream({ text: 'hello' })),
      await textsOf(client.bidi(twice('hello'))),
      await client.unary({ text: REFUSED }).catch((error: unknown) => ConnectError.from(error).message),
    ];
    span.end();
    return results;
  });
  // Otherwise it keeps the connection for later calls.
  sessionManager.abort();
  await server.close();
  return seen;
}
