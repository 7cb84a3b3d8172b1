import * as grpc from '@grpc/grpc-js';
import { SpanKind } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AlwaysOnSampler, BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { endpointIn } from '../endpoint-variable.js';
import { whileGreeting } from '../local-greeter.js';
import { goOnWithoutReader } from '../without-reader.js';
import { otlpEndpoint, type TraceRequest } from './otlp-endpoint.js';

/** How long an endpoint may take, in milliseconds. */
const TIMEOUT_MILLIS = 2000;

/** A greeter whose spans go where this exporter sends them. */
async function greetAndSend(exporter: OTLPTraceExporter): Promise<void> {
  const tracerProvider = new NodeTracerProvider({
    sampler: new AlwaysOnSampler(),
    resource: resourceFromAttributes({ 'service.name': 'greeter' }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const server = new grpc.Server({ interceptors: [tracingServerInterceptor({ tracerProvider })] });
  const client = { interceptors: [tracingClientInterceptor({ tracerProvider })] };
  try {
    await whileGreeting({ server, client }, async (greet) => console.log(await greet('Ada')));
    // It rejects when the endpoint did not take the spans.
    await tracerProvider.forceFlush();
  } finally {
    await tracerProvider.shutdown();
  }
}

function print({ head, spans }: TraceRequest): void {
  console.log(`${head}: ${spans.length} spans`);
  // OTLP's kinds begin with "unspecified", the API's do not.
  for (const line of spans.map(({ kind, name }) => `  ${SpanKind[kind - 1]} ${name}`).sort()) console.log(line);
}

async function main(): Promise<void> {
  goOnWithoutReader();
  const endpoint = endpointIn(process.env, 'OTEL_EXPORTER_OTLP_ENDPOINT');
  if (endpoint !== undefined) {
    // The exporter reads the variable itself, and adds the signal's path to it.
    await greetAndSend(new OTLPTraceExporter({ timeoutMillis: TIMEOUT_MILLIS }));
    console.log(`sent to ${endpoint}`);
    return;
  }
  const embedded = await otlpEndpoint(print);
  try {
    await greetAndSend(new OTLPTraceExporter({ url: `${embedded.url}/v1/traces`, timeoutMillis: TIMEOUT_MILLIS }));
  } finally {
    await embedded.close();
  }
}

main().catch((error: unknown) => {
  console.error(`The example failed: ${String(error)}`);
  process.exitCode = 1;
});
