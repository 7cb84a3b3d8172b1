import * as grpc from '@grpc/grpc-js';
import { context, propagation } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { formatSpans } from 'grpc-js-opentelemetry/testing';
import { whileGreeting, type SayHello } from '../local-greeter.js';
import { localTelemetry } from '../local-telemetry.js';
import { goOnWithoutReader } from '../without-reader.js';

/** Puts the baggage that has reached the handler into the greeting. */
const sayHello: SayHello = (call, callback) => {
  const entries = propagation.getActiveBaggage()?.getAllEntries() ?? [];
  const baggage = entries.map(([key, { value }]) => `${key}=${value}`).join(', ');
  callback(null, { message: `Hello ${call.request.name}, your baggage: ${baggage || 'none'}` });
};

/** The same call of the same stranger, to a server that believes what it says about itself or does not. */
async function greetStranger(trustIncoming: boolean): Promise<void> {
  const stranger = localTelemetry('stranger');
  const endpoint = localTelemetry('endpoint');
  const server = new grpc.Server({
    interceptors: [tracingServerInterceptor({ tracerProvider: endpoint.tracerProvider, trustIncoming })],
  });
  const client = { interceptors: [tracingClientInterceptor({ tracerProvider: stranger.tracerProvider })] };

  const baggage = propagation.createBaggage({ role: { value: 'admin' } });
  await context.with(propagation.setBaggage(context.active(), baggage), () =>
    whileGreeting({ server, client, sayHello }, async (greet) => {
      console.log(`trustIncoming: ${trustIncoming}`);
      console.log(await greet('stranger'));
    }),
  );

  const spans = [...(await stranger.allEnded()), ...(await endpoint.allEnded())];
  console.log(formatSpans(spans));
  await Promise.all([stranger.shutdown(), endpoint.shutdown()]);
}

async function main(): Promise<void> {
  goOnWithoutReader();
  // The one global: baggage travels in the active context.
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  await greetStranger(true);
  console.log();
  await greetStranger(false);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
