import * as grpc from '@grpc/grpc-js';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { traceFields, tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { setTimeout as delay } from 'node:timers/promises';
import pino from 'pino';
import { whileGreeting, type SayHello } from '../local-greeter.js';
import { goOnWithoutReader } from '../without-reader.js';

// Adds trace_id, span_id and trace_flags to every line that is logged inside a span.
const logger = pino({ base: null, mixin: traceFields });

const tracerProvider = new NodeTracerProvider();
tracerProvider.register();

const sayHello: SayHello = (call, callback) => {
  void greetingFor(call.request.name).then((message) => callback(null, { message }));
};

async function greetingFor(name: string): Promise<string> {
  logger.info({ name }, 'asked to greet');
  await delay(10);
  logger.info('greeting after a pause, in the same span');
  return `Hello ${name}`;
}

async function main(): Promise<void> {
  goOnWithoutReader();
  const server = new grpc.Server({ interceptors: [tracingServerInterceptor({ tracerProvider })] });
  const client = { interceptors: [tracingClientInterceptor({ tracerProvider })] };
  await whileGreeting({ server, client, sayHello }, async (greet, address) => {
    logger.info({ address }, 'listening, outside any span');
    logger.info({ reply: await greet('world') }, 'the call is over');
  });
  await tracerProvider.shutdown();
}

main().catch((error: unknown) => {
  logger.error(error);
  process.exitCode = 1;
});
