import * as grpc from '@grpc/grpc-js';
import type { TextMapPropagator } from '@opentelemetry/api';
import { CompositePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { GrpcTraceBinPropagator, tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { formatSpans } from 'grpc-js-opentelemetry/testing';
import { whileGreeting, type SayHello } from '../local-greeter.js';
import { localTelemetry } from '../local-telemetry.js';
import { goOnWithoutReader } from '../without-reader.js';
import { traceHeaders } from './headers.js';

/** Knows nothing else, as the services that were built with gRPC's OpenCensus plugins. */
const legacy = new GrpcTraceBinPropagator();

/** Writes both headers. Of those that arrive, the later in the list wins: W3C's, which carries more. */
const both = new CompositePropagator({ propagators: [new GrpcTraceBinPropagator(), new W3CTraceContextPropagator()] });

async function callBetween(title: string, caller: TextMapPropagator, callee: TextMapPropagator): Promise<void> {
  console.log(`${title}:`);
  const telemetry = localTelemetry('trace-bin');
  const { tracerProvider } = telemetry;
  const server = new grpc.Server({ interceptors: [tracingServerInterceptor({ tracerProvider, propagator: callee })] });
  const client = { interceptors: [tracingClientInterceptor({ tracerProvider, propagator: caller })] };
  const sayHello: SayHello = (call, callback) => {
    for (const header of traceHeaders(call.metadata)) console.log(header);
    callback(null, { message: `Hello ${call.request.name}` });
  };
  await whileGreeting({ server, client, sayHello }, async (greet) => {
    await greet('Ada');
  });
  console.log(formatSpans(await telemetry.allEnded()));
  await telemetry.shutdown();
}

async function main(): Promise<void> {
  goOnWithoutReader();
  await callBetween('a legacy peer calls', legacy, both);
  console.log();
  await callBetween('a legacy peer is called', both, legacy);
  console.log();
  await callBetween('both sides are new', both, both);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
