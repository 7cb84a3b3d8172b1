import { Metadata, ServerInterceptingCall, status, type ServerInterceptor } from '@grpc/grpc-js';
import { context, propagation, ROOT_CONTEXT, type Context } from '@opentelemetry/api';
import {
  NodeTracerProvider,
  SimpleSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-node';
import * as core2 from 'otel-core-2';
import * as core3 from 'otel-core-3';
import { tracingClientInterceptor } from '../../lib/index.js';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { party, Sightings, useContextManager } from '../helpers/async-context.js';
import { useEcho, type EchoMethods } from '../helpers/echo.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { Measurements } from '../helpers/measurements.js';
import { callsOver, firstSpan } from '../helpers/sides.js';

useContextManager();
const echo = useEcho();

const caller = party(
  1,
  propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage({ tenant: { value: 'alice' } })),
);

/** Handlers that keep the names of the headers that arrive. */
function watchingHeaders(arrived: string[]): EchoMethods {
  const see = ({ metadata }: { readonly metadata: Metadata }): void =>
    void arrived.push(...Object.keys(metadata.toJSON()));
  return {
    Unary(call, callback) {
      see(call);
      callback(null, {});
    },
    ClientStream(call, callback) {
      see(call);
      call.resume().on('end', () => callback(null, {}));
    },
    ServerStream(call) {
      see(call);
      call.end();
    },
    Bidi(call) {
      see(call);
      call.resume().on('end', () => call.end());
    },
  };
}

describe.each([
  ['2', core2],
  ['3', core3],
] as const)('where the SDK’s core %s suppresses tracing', (_major, { suppressTracing, unsuppressTracing }) => {
  it.each(SHAPES)('a %s call has no span, no metric and no header of ours', async (shape) => {
    const arrived: string[] = [];
    const measurements = new Measurements();
    const rig = await echo.start({
      clientTracing: { meterProvider: measurements.provider },
      handlers: watchingHeaders(arrived),
    });
    const metadata = new Metadata();
    metadata.set('x-mine', 'mine');
    const { code } = await context.with(
      suppressTracing(caller.context),
      () => invoke(rig.client, shape, { metadata }).result,
    );
    await callsOver(rig);
    expect(code).toBe(status.OK);
    expect(rig.clientTelemetry.startedCount).toBe(0);
    expect(await measurements.series(0)).toEqual({});
    expect(arrived).toContain('x-mine');
    expect(arrived.filter((key) => ['traceparent', 'tracestate', 'baggage'].includes(key))).toEqual([]);
  });

  it.each<[what: string, active: Context]>([
    ['where nothing was suppressed', caller.context],
    ['where it was taken back', unsuppressTracing(suppressTracing(caller.context))],
  ])('a call is traced as ever %s', async (_what, active) => {
    const arrived: string[] = [];
    const rig = await echo.start({ handlers: watchingHeaders(arrived) });
    await context.with(active, () => invoke(rig.client, 'Unary').result);
    expect(await firstSpan(rig, 'client')).toEqual(
      expectedSpan('client', 'Unary', { code: status.OK, details: 'OK' }, rig.port),
    );
    expect(rig.clientTelemetry.ended[0]?.parentSpanContext?.spanId).toBe(caller.spanId);
    expect(arrived).toEqual(expect.arrayContaining(['traceparent', 'baggage']));
  });

  it('a call that is left out writes no header either', async () => {
    const arrived: string[] = [];
    const rig = await echo.start({ clientTracing: { filter: () => false }, handlers: watchingHeaders(arrived) });
    await context.with(suppressTracing(caller.context), () => invoke(rig.client, 'Unary').result);
    expect(arrived).not.toContain('traceparent');
    expect(arrived).not.toContain('baggage');
  });

  it('neither does a second tracing interceptor', async () => {
    const arrived: string[] = [];
    const rig = await echo.start({
      clientChain: (tracing) => [tracing, tracingClientInterceptor(), tracing],
      handlers: watchingHeaders(arrived),
    });
    await context.with(suppressTracing(caller.context), () => invoke(rig.client, 'Unary').result);
    expect(rig.clientTelemetry.startedCount).toBe(0);
    expect(arrived).not.toContain('traceparent');
  });

  it('on the server by an interceptor before tracing: no span, no metric, and what the handler sends goes out', async () => {
    const suppressing: ServerInterceptor = (_definition, call) =>
      new ServerInterceptingCall(call, {
        start: (next) =>
          next({
            onReceiveMetadata: (metadata, pass) =>
              context.with(suppressTracing(context.active()), () => pass(metadata)),
          }),
      });
    const headers = new Metadata();
    headers.set('x-mine', 'mine');
    const measurements = new Measurements();
    const rig = await echo.start({
      serverChain: (tracing) => [suppressing, tracing],
      serverTracing: { meterProvider: measurements.provider, messageEvents: true },
      handlers: {
        Unary(call, callback) {
          call.sendMetadata(headers);
          callback(null, call.request);
        },
      },
    });
    const received = await new Promise<Metadata>((resolve) => {
      rig.client.Unary({ text: 'hello' }, () => undefined).on('metadata', resolve);
    });
    expect(received.get('x-mine')).toEqual(['mine']);
    await callsOver(rig);
    expect(rig.serverTelemetry.startedCount).toBe(0);
    expect(await measurements.series(0)).toEqual({});
  });

  it('no function of the application is asked, and its listener is told of all that comes', async () => {
    const asked = jest.fn<Record<string, never>, []>(() => ({}));
    const propagator = { inject: asked, extract: (from: Context) => from, fields: () => ['x'] };
    const options = { attributes: asked, startHook: asked, endHook: asked, propagator, messageEvents: true };
    const rig = await echo.start({ clientTracing: options });
    const sightings = new Sightings();
    const events = ['metadata', 'data', 'end', 'status'];
    context.with(suppressTracing(caller.context), () =>
      sightings.listen(rig.client.ServerStream({ text: 'hello' }), events),
    );
    expect(Object.keys(await sightings.of(events))).toEqual(events);
    expect(asked).not.toHaveBeenCalled();
  });
});

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
