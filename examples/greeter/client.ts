import { join } from 'node:path';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { tracingClientInterceptor } from 'grpc-js-opentelemetry';
import type { ProtoGrpcType } from '../../protos/types/helloworld.js';
import { goOnWithoutReader } from '../without-reader.js';
import { startTracing } from './tracing.js';

goOnWithoutReader();

const address = process.env.GREETER_ADDRESS ?? '127.0.0.1:50051';
const { tracerProvider, propagator, shutdown } = startTracing('greeter-client');

// The cast: proto-loader reads the file at run time, and the generated type says what is in it.
const { helloworld } = grpc.loadPackageDefinition(
  loadSync(join(__dirname, '../../protos/helloworld.proto'), { defaults: true }),
) as unknown as ProtoGrpcType;

const client = new helloworld.Greeter(address, grpc.credentials.createInsecure(), {
  interceptors: [tracingClientInterceptor({ tracerProvider, propagator })],
});

function sayHello(name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = client.sayHello({ name }, { deadline: Date.now() + 5000 }, (error, reply) => {
      if (error) reject(error);
      else resolve(reply?.message ?? '');
    });
    // A cancelled call ends its span like any other, and what follows sends it.
    const cancel = () => call.cancel();
    process.once('SIGINT', cancel).once('SIGTERM', cancel);
  });
}

tracerProvider
  .getTracer('greeter-client')
  .startActiveSpan('greet', async (span) => {
    console.log(`trace ${span.spanContext().traceId}`);
    try {
      console.log(await sayHello(process.argv[2] ?? 'world'));
    } finally {
      span.end();
      client.close();
    }
  })
  .catch((error: unknown) => {
    console.error(`greeter-client got no reply: ${String(error)}`);
    process.exitCode = 1;
  })
  .finally(shutdown);
