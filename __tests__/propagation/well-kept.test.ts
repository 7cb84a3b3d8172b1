import { context, propagation, type TextMapPropagator } from '@opentelemetry/api';
import { AWSXRayPropagator } from '@opentelemetry/propagator-aws-xray';
import { B3InjectEncoding, B3Propagator } from '@opentelemetry/propagator-b3';
import * as jaegerPackage from '@opentelemetry/propagator-jaeger';
import { CompositePropagator } from 'otel-core-2';
import { GrpcTraceBinPropagator } from '../../lib/propagation/grpc-trace-bin.js';
import { w3cPropagator } from '../../lib/propagation/w3c.js';
import { invoke, SHAPES, type Shape } from '../../tools/invoke.js';
import { useContextManager } from '../helpers/async-context.js';
import { useEcho, type EchoRig } from '../helpers/echo.js';
import { handlersThat } from '../helpers/propagation/relay.js';
import { baggageIn, contextOf, SPAN_ID, TRACE_ID } from '../helpers/propagation/text-map.js';

useContextManager();
const echo = useEcho();

const B3_SINGLE = new B3Propagator();
const B3_MULTI = new B3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER });
// Deprecated in favour of W3C, and what older fleets still speak.
const jaeger: { JaegerPropagator: new () => TextMapPropagator } = jaegerPackage;
const JAEGER = new jaeger.JaegerPropagator();
const XRAY = new AWSXRayPropagator();
const ALL = new CompositePropagator({
  propagators: [w3cPropagator, new GrpcTraceBinPropagator(), B3_SINGLE, B3_MULTI, JAEGER, XRAY],
});

const WELL_KEPT: [name: string, propagator: TextMapPropagator, headers: Record<string, string>][] = [
  ['B3, one header', B3_SINGLE, { b3: `${TRACE_ID}-${SPAN_ID}-1` }],
  ['B3, several headers', B3_MULTI, { 'x-b3-traceid': TRACE_ID, 'x-b3-spanid': SPAN_ID, 'x-b3-sampled': '1' }],
  ['Jaeger', JAEGER, { 'uber-trace-id': `${TRACE_ID}:${SPAN_ID}:0:01` }],
  ['AWS X-Ray', XRAY, { 'x-amzn-trace-id': `Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=${SPAN_ID};Sampled=1` }],
];

/** Passes on what came in, so that the headers on the wire are known. */
async function wire(rig: EchoRig, shape: Shape): Promise<{ linked: boolean; traceId: string | undefined }> {
  await context.with(contextOf(), () => invoke(rig.client, shape).result);
  const [client] = await rig.clientTelemetry.spans(1);
  const [server] = await rig.serverTelemetry.spans(1);
  const linked = client !== undefined && server?.parentSpanContext?.spanId === client.spanContext().spanId;
  return { linked, traceId: server?.spanContext().traceId };
}

describe.each(WELL_KEPT)('%s', (_name, propagator, headers) => {
  test.each(SHAPES)('%s: alone', async (shape) => {
    const rig = await echo.start({ serverTracing: { propagator }, clientTracing: { propagator } });
    expect(await wire(rig, shape)).toEqual({ linked: true, traceId: TRACE_ID });
  });

  test.each(SHAPES)('%s: from it to a composite of all', async (shape) => {
    const rig = await echo.start({ serverTracing: { propagator: ALL }, clientTracing: { propagator } });
    expect(await wire(rig, shape)).toEqual({ linked: true, traceId: TRACE_ID });
  });

  test.each(SHAPES)('%s: from a composite of all to it', async (shape) => {
    const rig = await echo.start({ serverTracing: { propagator }, clientTracing: { propagator: ALL } });
    expect(await wire(rig, shape)).toEqual({ linked: true, traceId: TRACE_ID });
  });

  test('its own headers are what is on the wire', async () => {
    let received: Record<string, unknown> = {};
    // The client's span is not recorded, so what goes out is the caller's own context.
    const rig = await echo.start({
      clientTracing: { propagator, filter: () => false },
      handlers: {
        Unary: (call, callback) => {
          received = call.metadata.getMap();
          callback(null, call.request);
        },
      },
    });
    await context.with(contextOf(), () => invoke(rig.client, 'Unary').result);
    expect(received).toMatchObject(headers);
  });
});

test('Jaeger’s baggage, whose keys only a list of keys tells, goes over the wire', async () => {
  let seen: unknown;
  const rig = await echo.start({
    serverTracing: { propagator: JAEGER },
    clientTracing: { propagator: JAEGER },
    handlers: handlersThat(() => {
      seen = baggageIn(context.active());
      return Promise.resolve();
    }),
  });
  const baggage = propagation.createBaggage({ tenant: { value: 'é, 1' } });
  await context.with(propagation.setBaggage(contextOf(), baggage), () => invoke(rig.client, 'Unary').result);
  expect(seen).toEqual([['tenant', 'é, 1', '']]);
});

test.each(SHAPES)(
  'a relay of five services, W3C, trace-bin, B3 and Jaeger in turn, keeps one trace: %s',
  async (shape) => {
    const hops: TextMapPropagator[] = [w3cPropagator, new GrpcTraceBinPropagator(), B3_SINGLE, JAEGER];
    const rigs: EchoRig[] = [];
    // The last service first: every one but it calls the next.
    for (const propagator of [...hops].reverse()) {
      const next = rigs[0];
      const handlers = handlersThat(async () => {
        await (next && invoke(next.client, shape).result);
      });
      const hop = { propagator };
      rigs.unshift(await echo.start({ serverTracing: hop, clientTracing: hop, handlers }));
    }
    const results = await Promise.all(rigs.slice(0, 1).map((first) => invoke(first.client, shape).result));
    expect(results).toMatchObject([{ code: 0 }]);

    const path: { traceId: string; spanId: string; parent: string | undefined }[] = [];
    for (const { clientTelemetry, serverTelemetry } of rigs) {
      for (const telemetry of [clientTelemetry, serverTelemetry]) {
        const spans = await telemetry.spans(1);
        path.push(...spans.map((span) => ({ ...span.spanContext(), parent: span.parentSpanContext?.spanId })));
      }
    }
    expect(path).toHaveLength(8);
    expect(new Set(path.map(({ traceId }) => traceId)).size).toBe(1);
    expect(path.map(({ parent }) => parent)).toEqual([undefined, ...path.slice(0, -1).map(({ spanId }) => spanId)]);
  },
);
