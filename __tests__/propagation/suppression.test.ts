import {
  NodeTracerProvider,
  SimpleSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-node';
import * as core2 from 'otel-core-2';
import { invoke } from '../../tools/invoke.js';
import { useContextManager } from '../helpers/async-context.js';
import { useEcho } from '../helpers/echo.js';
import { callsOver } from '../helpers/sides.js';
import { suppressedCalls } from './suppressed-calls.js';

useContextManager();

describe('where the SDK’s core 2 suppresses tracing', () => suppressedCalls(() => Promise.resolve(core2)));

const echo = useEcho();

/** Sends the name of each span in a gRPC call, as an exporter of OTLP over gRPC sends spans. */
class GrpcExporter implements SpanExporter {
  readonly exported: string[] = [];
  send: (text: string) => Promise<unknown> = () => Promise.reject(new Error('not connected'));

  export(spans: readonly ReadableSpan[], resultCallback: (result: core2.ExportResult) => void): void {
    this.exported.push(...spans.map(({ name }) => name));
    void this.send(spans.map(({ name }) => name).join()).then(() =>
      resultCallback({ code: core2.ExportResultCode.SUCCESS }),
    );
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

it('an exporter whose own calls go through a traced client does not export its own calls', async () => {
  const exporter = new GrpcExporter();
  const tracerProvider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const collected: string[] = [];
  const collector = await echo.start({
    clientTracing: { tracerProvider },
    handlers: {
      Unary(call, callback) {
        collected.push(call.request.text);
        callback(null, {});
      },
    },
  });
  exporter.send = (text) => invoke(collector.client, 'Unary', { text }).result;
  const rig = await echo.start({ clientTracing: { tracerProvider } });
  await invoke(rig.client, 'ServerStream').result;
  await invoke(rig.client, 'Bidi').result;
  // The calls of the exporter are over by then, and so would be spans of theirs.
  await tracerProvider.forceFlush();
  await callsOver(collector);
  expect(exporter.exported).toEqual(['test.Echo/ServerStream', 'test.Echo/Bidi']);
  expect(collected).toEqual(exporter.exported);
});
