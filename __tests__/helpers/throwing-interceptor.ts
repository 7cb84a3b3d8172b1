import * as grpc from '@grpc/grpc-js';
import { InMemoryTelemetry } from 'grpc-js-opentelemetry/testing';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { tracingServerInterceptor } from '../../lib/index.js';
import { Echo } from '../../tools/echo.js';

// A process of its own, because a test runner keeps uncaught exceptions to itself.
const telemetry = new InMemoryTelemetry((recorder) => new NodeTracerProvider({ spanProcessors: [recorder] }));

let call: grpc.ClientUnaryCall | undefined;
process.on('uncaughtException', (error) => {
  console.log(`uncaught: ${error.message}`);
  // grpc-js never answers it.
  call?.cancel();
});

const server = new grpc.Server({
  interceptors: [
    tracingServerInterceptor({ tracerProvider: telemetry.tracerProvider }),
    () => {
      throw new Error('made wrongly');
    },
  ],
});
server.addService(Echo.service, {});
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (_error, port) => {
  const client = new Echo(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  call = client.Unary({ text: 'hello' }, (error) => {
    console.log(`client: ${grpc.status[error?.code ?? 0]}`);
    void telemetry.ended(1).then(([span]) => {
      console.log(`span: ${String(span?.attributes['rpc.status_code'])}`);
      client.close();
      server.forceShutdown();
    });
  });
});
