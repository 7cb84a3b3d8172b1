import * as grpc from '@grpc/grpc-js';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { hasCode } from '../calls.js';
import { httpEndpoint } from '../http-endpoint.js';
import { whileGreeting, type Greet, type SayHello } from '../local-greeter.js';
import { goOnWithoutReader } from '../without-reader.js';
import { fold } from './fold.js';

// By itself the exporter listens on 9464; here it answers on an HTTP server of the program's own, on any free port.
const exporter = new PrometheusExporter({ preventServerStart: true, withoutScopeInfo: true, withoutTargetInfo: true });
const meterProvider = new MeterProvider({ readers: [exporter] });

const server = new grpc.Server({ interceptors: [tracingServerInterceptor({ meterProvider })] });
const client = { interceptors: [tracingClientInterceptor({ meterProvider })] };

const sayHello: SayHello = ({ request: { name } }, callback) => {
  if (name === '') callback({ code: grpc.status.NOT_FOUND, details: 'nobody to greet' });
  else callback(null, { message: `Hello ${name}` });
};

async function greetSome(greet: Greet): Promise<void> {
  for (const name of ['Ada', 'Grace', 'Joan']) console.log(await greet(name));
  await greet('').catch((error: unknown) => {
    if (!hasCode(error, grpc.status.NOT_FOUND)) throw error;
    console.log('NOT_FOUND');
  });
}

/** As Prometheus would, by HTTP. */
async function scrape(): Promise<string[]> {
  const endpoint = await httpEndpoint((request, response) => {
    exporter.getMetricsRequestHandler(request, response);
  });
  try {
    const url = `${endpoint.url}/metrics`;
    console.log(`\n${url}`);
    const page = await fetch(url);
    return (await page.text()).split('\n');
  } finally {
    await endpoint.close();
  }
}

/** Without the buckets, of which there are 15 for each of the counts. */
const SHOWN = /^(# UNIT|# TYPE|\w+_(count|sum)\b)/;

async function main(): Promise<void> {
  goOnWithoutReader();
  await whileGreeting({ server, client, sayHello }, greetSome);
  for (const line of (await scrape()).filter((each) => SHOWN.test(each))) console.log(fold(line));
  await meterProvider.shutdown();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
