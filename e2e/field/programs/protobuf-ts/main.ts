import { credentials } from '@grpc/grpc-js';
import { GrpcTransport } from '@protobuf-ts/grpc-transport';
import { RpcError } from '@protobuf-ts/runtime-rpc';
import { tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { EchoClient } from '../../../../protos/stubs/protobuf-ts/echo.client.js';
import type { Msg } from '../../../../protos/stubs/protobuf-ts/echo.js';
import { REFUSED, serveEcho } from '../shared/echo-service.js';
import { isTraced, tell } from '../shared/spans.js';
import { tracedTransport } from './traced.js';

const MESSAGE: Msg = { text: 'hello', n: 1 };

interface Requests {
  send(message: Msg): Promise<void>;
  complete(): Promise<void>;
}

async function write(requests: Requests): Promise<void> {
  await requests.send(MESSAGE);
  await requests.send(MESSAGE);
  await requests.complete();
}

async function read(responses: AsyncIterable<Msg>): Promise<readonly Msg[]> {
  const messages = [];
  for await (const message of responses) messages.push(message);
  return messages;
}

/** Without the metadata of the answer, which tells the time. */
function told(error: unknown): unknown {
  return error instanceof RpcError ? [error.code, error.message] : String(error);
}

async function calls(client: EchoClient): Promise<unknown> {
  const [clientStream, bidi] = [client.clientStream(), client.bidi()];
  return [
    await client.unary(MESSAGE).response,
    (await Promise.all([clientStream.response, write(clientStream.requests)]))[0],
    await read(client.serverStream(MESSAGE).responses),
    (await Promise.all([read(bidi.responses), write(bidi.requests)]))[0],
    await client.unary({ ...MESSAGE, text: REFUSED }).response.catch(told),
  ];
}

async function main(): Promise<void> {
  const server = await serveEcho(isTraced ? [tracingServerInterceptor()] : []);
  const plain = { host: server.address, channelCredentials: credentials.createInsecure() };
  const transport = isTraced ? tracedTransport(server.address) : new GrpcTransport(plain);
  const seen = await calls(new EchoClient(transport));
  transport.close();
  await server.close();
  await tell(seen);
}

void main();
