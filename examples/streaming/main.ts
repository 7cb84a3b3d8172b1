import * as grpc from '@grpc/grpc-js';
import { tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { callsIn, type RecordedSpan } from 'grpc-js-opentelemetry/testing';
import { Greeter, Translator } from '../demo/protos.js';
import { whileServing } from '../local-server.js';
import { localTelemetry } from '../local-telemetry.js';
import { goOnWithoutReader } from '../without-reader.js';
import { converse, readAll } from './calls.js';
import { greetMany, translateAll } from './handlers.js';

const telemetry = localTelemetry('streaming');
const { tracerProvider } = telemetry;

// `true` means at most 128 events on a span.
const server = new grpc.Server({ interceptors: [tracingServerInterceptor({ tracerProvider, messageEvents: true })] });
server.addService(Translator.service, { TranslateAll: translateAll });
server.addService(Greeter.service, { GreetMany: greetMany });

function clientOptions(messageEvents: boolean | { limit: number }): grpc.ClientOptions {
  return { interceptors: [tracingClientInterceptor({ tracerProvider, messageEvents })] };
}

async function callBoth(address: string): Promise<void> {
  const credentials = grpc.credentials.createInsecure();
  const translator = new Translator(address, credentials, clientOptions(true));
  const greeter = new Greeter(address, credentials, clientOptions({ limit: 3 }));
  try {
    await converse(translator, ['Hello', 'Good morning']);
    const count = await readAll(greeter, 200);
    console.log(`TranslateAll: 2 messages each way. GreetMany: 1 request, ${count} replies.`);
  } finally {
    translator.close();
    greeter.close();
  }
}

/** Enough to see the order. */
const SHOWN = 4;

function printEvents({ events }: RecordedSpan, title: string): void {
  console.log(`\n${title}: ${events.length} events`);
  for (const { name, attributes = {} } of events.slice(0, SHOWN)) {
    const { 'sequence-number': number, 'message-size': size } = attributes;
    const bytes = size === undefined ? '' : `  message-size ${String(size)}`;
    console.log(`  ${name.padEnd(16)}  sequence-number ${String(number)}${bytes}`);
  }
  if (events.length > SHOWN) console.log('  …');
}

async function main(): Promise<void> {
  goOnWithoutReader();
  await whileServing(server, callBoth);
  const spans = await telemetry.allEnded();
  for (const method of ['demo.Translator/TranslateAll', 'demo.Greeter/GreetMany']) {
    for (const side of ['client', 'server'] as const) {
      for (const span of callsIn(spans, { method, side })) printEvents(span, `${method}, ${side}`);
    }
  }
  await telemetry.shutdown();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
