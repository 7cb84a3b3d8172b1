import { Code, ConnectError, type HandlerContext, type ServiceImpl } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { SpanKind, trace } from '@opentelemetry/api';
import { tracingClientInterceptor } from 'grpc-js-opentelemetry';
import { once } from 'node:events';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { Echo } from '../../../../protos/stubs/protobuf-es/echo_pb.js';
import { callEcho, REFUSED } from '../shared/echo-service.js';
import { isTraced } from '../shared/spans.js';
import { callerOf } from './caller.js';

/** connect-node makes no span: the application's own, below the caller's. */
function handled(handlerContext: HandlerContext): void {
  const options = { kind: SpanKind.SERVER };
  trace.getTracer('application').startSpan('handled', options, callerOf(handlerContext)).end();
}

const handlers: ServiceImpl<typeof Echo> = {
  unary({ text }, handlerContext) {
    handled(handlerContext);
    if (text === REFUSED) throw new ConnectError('no such thing', Code.NotFound);
    return { text };
  },
  async clientStream(requests, handlerContext) {
    handled(handlerContext);
    const texts = [];
    for await (const { text } of requests) texts.push(text);
    return { text: texts.join() };
  },
  async *serverStream({ text }, handlerContext) {
    handled(handlerContext);
    yield { text };
    yield { text };
  },
  async *bidi(requests, handlerContext) {
    handled(handlerContext);
    for await (const { text } of requests) yield { text };
  },
};

/** The calls of a client of grpc-js to a server of connect-node. */
export async function callConnect(): Promise<unknown> {
  const server = createServer(connectNodeAdapter({ routes: (router) => router.service(Echo, handlers) }));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // The cast: address() of a server that listens on a port is never a string or null.
  const { port } = server.address() as AddressInfo;
  const seen = await callEcho(`127.0.0.1:${port}`, isTraced ? [tracingClientInterceptor()] : []);
  await once(server.close(), 'close');
  return seen;
}
