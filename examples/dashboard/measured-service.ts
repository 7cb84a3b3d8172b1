import * as grpc from '@grpc/grpc-js';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import type { RequestListener } from 'node:http';
import { Greeter, Translator } from '../demo/protos.js';
import { listen } from '../local-server.js';
import { greet, greetMany, translate, translateAll } from './handlers.js';

/** What is UNAVAILABLE is tried again: one call to its client, three to the server. */
const SERVICE_CONFIG = JSON.stringify({
  methodConfig: [
    {
      name: [{ service: 'demo.Translator', method: 'Translate' }],
      retryPolicy: {
        maxAttempts: 3,
        initialBackoff: '0.2s',
        maxBackoff: '1s',
        backoffMultiplier: 2,
        retryableStatusCodes: ['UNAVAILABLE'],
      },
    },
  ],
});

/** A service and its caller, both measured by one provider, which has a page for Prometheus. */
export interface MeasuredService {
  readonly greeter: InstanceType<typeof Greeter>;
  readonly translator: InstanceType<typeof Translator>;
  readonly page: RequestListener;
  /** Resolves when the calls in flight have ended. */
  stop(): Promise<void>;
}

export async function measuredService(): Promise<MeasuredService> {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const meterProvider = new MeterProvider({ readers: [exporter] });
  const options = { meterProvider, activeCalls: true };

  const server = new grpc.Server({ interceptors: [tracingServerInterceptor(options)] });
  server.addService(Greeter.service, { Greet: greet, GreetMany: greetMany });
  server.addService(Translator.service, { Translate: translate, TranslateAll: translateAll });
  const running = await listen(server);

  const credentials = grpc.credentials.createInsecure();
  const clientOptions = {
    interceptors: [tracingClientInterceptor(options)],
    'grpc.service_config': SERVICE_CONFIG,
  };
  const greeter = new Greeter(running.address, credentials, clientOptions);
  const translator = new Translator(running.address, credentials, clientOptions);
  return {
    greeter,
    translator,
    page: (request, response) => exporter.getMetricsRequestHandler(request, response),
    stop: async () => {
      greeter.close();
      translator.close();
      await running.stop();
      await meterProvider.shutdown();
    },
  };
}
