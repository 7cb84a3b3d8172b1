import { JaegerExporter } from '@opentelemetry/exporter-jaeger';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import type { SpanExporter } from '@opentelemetry/sdk-trace-node';
import type { Part } from '../part.js';
import type { Protocol } from './expected.js';
import { compareGreeterPair } from './greeter-pair.js';
import { compareInterruptedDemo, DEMO_SPANS } from './interrupted-demo.js';
import { startJaeger, type Jaeger } from './jaeger.js';
import { compareRecordedCalls } from './recorded-calls.js';

/** After the beginning of the trace, which then takes some 80 ms. */
const INTERRUPTIONS_MILLIS = [0, 30, 60];

/** A Jaeger as it was released: what its API shows, against what was printed and recorded. */
export const jaegerPart: Part = {
  name: 'jaeger',
  needs: ['Go'],
  async run(stage) {
    const jaeger = await startJaeger(stage);
    stage.step('Jaeger is up');
    for (const protocol of ['Thrift', 'OTLP'] as const) {
      const env = environment(jaeger, protocol);
      const pair = await compareGreeterPair(stage, jaeger, env, protocol);
      stage.step(`${protocol}: the greeter pair's ${pair} spans`);
      const recorded = await compareRecordedCalls(jaeger, () => newExporter(jaeger, protocol), protocol);
      stage.step(`${protocol}: the ${recorded} spans of a visit`);
      const counts: number[] = [];
      for (const millis of INTERRUPTIONS_MILLIS) counts.push(await compareInterruptedDemo(stage, jaeger, env, millis));
      if (Math.min(...counts) >= DEMO_SPANS) throw new Error('every signal came after the last call of the demo');
      stage.step(`${protocol}: demos that Ctrl-C ended, with all their ${counts.join(', ')} spans`);
    }
  },
};

function environment(jaeger: Jaeger, protocol: Protocol): NodeJS.ProcessEnv {
  return protocol === 'Thrift'
    ? { JAEGER_ENDPOINT: jaeger.thriftUrl }
    : { OTEL_EXPORTER_OTLP_ENDPOINT: jaeger.otlpUrl };
}

/** For this process, whose environment is not ours to change. */
function newExporter({ thriftUrl, otlpUrl }: Jaeger, protocol: Protocol): SpanExporter {
  return protocol === 'Thrift'
    ? new JaegerExporter({ endpoint: thriftUrl, flushTimeout: 100 })
    : new OTLPTraceExporter({ url: `${otlpUrl}/v1/traces` });
}
