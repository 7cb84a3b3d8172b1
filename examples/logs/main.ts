import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { traceFields, tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pino from 'pino';
import type { ProtoGrpcType } from '../../protos/types/helloworld';
import type { GreeterHandlers } from '../../protos/types/helloworld/Greeter';

// Adds trace_id, span_id and trace_flags to every line that is logged inside a span.
const logger = pino({ base: null, mixin: traceFields });

const tracerProvider = new NodeTracerProvider();
tracerProvider.register();

const definition = loadSync(join(__dirname, '../../protos/helloworld.proto'), { defaults: true });
// loadPackageDefinition knows no message types; the generated type describes this very file.
const { helloworld } = grpc.loadPackageDefinition(definition) as unknown as ProtoGrpcType;

const greeter: GreeterHandlers = {
  SayHello: (call, callback) => {
    void greet(call.request.name).then((message) => callback(null, { message }));
  },
};

async function greet(name: string): Promise<string> {
  logger.info({ name }, 'asked to greet');
  await delay(10);
  logger.info('greeting after a pause, in the same span');
  return `Hello ${name}`;
}

const server = new grpc.Server({ interceptors: [tracingServerInterceptor({ tracerProvider })] });
server.addService(helloworld.Greeter.service, greeter);
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  logger.info({ port }, 'listening, outside any span');
  const client = new helloworld.Greeter(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
    interceptors: [tracingClientInterceptor({ tracerProvider })],
  });
  client.SayHello({ name: 'world' }, (failure, reply) => {
    logger.info({ failure, reply: reply?.message }, 'the call is over');
    client.close();
    server.tryShutdown(() => undefined);
  });
});
