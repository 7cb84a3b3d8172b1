import * as grpc from '@grpc/grpc-js';
import { SpanStatusCode } from '@opentelemetry/api';
import { tracingServerInterceptor } from 'grpc-js-opentelemetry';
import type { RecordedSpan } from 'grpc-js-opentelemetry/testing';
import { whileGreeting, type Greet, type SayHello } from '../local-greeter.js';
import { localTelemetry } from '../local-telemetry.js';
import { goOnWithoutReader } from '../without-reader.js';
import { addHealth, isServing } from './health.js';
import { tracingOptions } from './tracing.js';

const telemetry = localTelemetry('filters');
const { tracerProvider } = telemetry;

const server = new grpc.Server({ interceptors: [tracingServerInterceptor({ ...tracingOptions, tracerProvider })] });
addHealth(server);

let greetingsLeft = 1;

const sayHello: SayHello = (call, callback) => {
  if (greetingsLeft === 0) {
    callback({ code: grpc.status.RESOURCE_EXHAUSTED, details: 'no greetings left' });
    return;
  }
  greetingsLeft -= 1;
  const trailer = new grpc.Metadata();
  trailer.set('x-greetings-left', String(greetingsLeft));
  callback(null, { message: `Hello ${call.request.name}` }, trailer);
};

async function callAll(greet: Greet, address: string): Promise<void> {
  for (let probe = 1; probe <= 3; probe += 1) console.log(`Health/Check: serving ${await isServing(address)}`);
  for (const [index, name] of ['Ada', 'Grace'].entries()) {
    const metadata = new grpc.Metadata();
    metadata.set('x-tenant', 'acme');
    metadata.set('x-request-id', `request-${index + 1}`);
    // The second caller waits forever.
    const options = index === 0 ? { deadline: Date.now() + 10_000 } : {};
    const outcome = await greet(name, metadata, options).catch((error: unknown) => String(error));
    console.log(`Greeter/SayHello: ${outcome}`);
  }
}

/** Attributes, and the options that they come from. */
const SET = [
  ['attributes', 'app.tenant'],
  ['attributes', 'app.millis_left'],
  ['captureMetadata', 'rpc.request.header.x-request-id'],
  ['captureMetadata', 'rpc.response.trailer.x-greetings-left'],
  ['endHook', 'app.refusal'],
] as const;

function print({ name, attributes, status }: RecordedSpan): void {
  const line = (option: string, what: string, value: unknown): void => {
    if (value !== undefined) console.log(`  ${option.padEnd(15)}  ${what} = ${JSON.stringify(value)}`);
  };
  console.log(`\nSERVER span, ${String(attributes['rpc.status_code'])}`);
  line('startHook', 'name', name);
  for (const [option, key] of SET) line(option, key, attributes[key]);
  line('isError', 'status', SpanStatusCode[status.code]);
}

async function main(): Promise<void> {
  goOnWithoutReader();
  await whileGreeting({ server, client: {}, sayHello }, callAll);
  const spans = await telemetry.allEnded();
  console.log(`\n5 calls, ${spans.length} spans`);
  spans.forEach(print);
  await telemetry.shutdown();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
