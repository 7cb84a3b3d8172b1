import { join } from 'node:path';
import { promisify } from 'node:util';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { tracingServerInterceptor } from 'grpc-js-opentelemetry';
import type { ProtoGrpcType } from '../../protos/types/helloworld.js';
import type { GreeterHandlers } from '../../protos/types/helloworld/Greeter.js';
import { startTracing } from './tracing.js';

const address = process.env.GREETER_ADDRESS ?? '127.0.0.1:50051';
const { tracerProvider, propagator, shutdown } = startTracing('greeter-server');

// The cast: proto-loader reads the file at run time, and the generated type says what is in it.
const { helloworld } = grpc.loadPackageDefinition(
  loadSync(join(__dirname, '../../protos/helloworld.proto'), { defaults: true }),
) as unknown as ProtoGrpcType;

const greeter: GreeterHandlers = {
  SayHello: (call, callback) => callback(null, { message: `Hello ${call.request.name}` }),
};

async function main(): Promise<void> {
  const server = new grpc.Server({ interceptors: [tracingServerInterceptor({ tracerProvider, propagator })] });
  server.addService(helloworld.Greeter.service, greeter);
  const bind = promisify(server.bindAsync.bind(server));
  const port = await bind(address, grpc.ServerCredentials.createInsecure());
  console.log(`greeter-server listens on ${address.replace(/:\d+$/, `:${port}`)}`);

  const stop = () => {
    // Calls in flight end first, and with them their spans; those that take too long are cut off.
    const patience = setTimeout(() => server.forceShutdown(), 5000);
    server.tryShutdown(() => {
      clearTimeout(patience);
      void shutdown();
    });
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
}

main().catch(async (error: unknown) => {
  console.error(`greeter-server did not start: ${String(error)}`);
  process.exitCode = 1;
  await shutdown();
});
