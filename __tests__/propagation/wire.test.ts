import * as grpc from '@grpc/grpc-js';
import {
  baggageEntryMetadataFromString,
  context,
  propagation,
  trace,
  type Context,
  type TextMapPropagator,
} from '@opentelemetry/api';
import { AlwaysOffSampler, AlwaysOnSampler, type Sampler } from '@opentelemetry/sdk-trace-node';
import { CompositePropagator } from 'otel-core-2';
import { GrpcTraceBinPropagator } from '../../lib/propagation/grpc-trace-bin.js';
import { ServiceNamePropagator } from '../../lib/propagation/service-name.js';
import { w3cPropagator } from '../../lib/propagation/w3c.js';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { useContextManager } from '../helpers/async-context.js';
import { useEcho } from '../helpers/echo.js';
import { BINARY } from '../helpers/propagation/mutations.js';
import { RawCalls } from '../helpers/propagation/raw-calls.js';
import { handlersThat } from '../helpers/propagation/relay.js';
import { baggageIn, contextOf, TRACE_ID, TRACEPARENT } from '../helpers/propagation/text-map.js';
import { Telemetry } from '../helpers/telemetry.js';

useContextManager();
const echo = useEcho();

const tracing = (propagator: TextMapPropagator) => ({ serverTracing: { propagator }, clientTracing: { propagator } });
const traceIdOf = (from: Context): string | undefined => trace.getSpanContext(from)?.traceId;

describe.each(SHAPES)('%s', (shape) => {
  test.each<[what: string, sampler: () => Sampler]>([
    ['sampled', () => new AlwaysOnSampler()],
    ['not sampled', () => new AlwaysOffSampler()],
  ])('baggage goes from the caller through a relay, %s', async (_what, sampler) => {
    const seen: unknown[] = [];
    const see = (): void => void seen.push(baggageIn(context.active()), traceIdOf(context.active()));
    const telemetry = () => ({ serverTelemetry: new Telemetry(sampler()), clientTelemetry: new Telemetry(sampler()) });
    const back = await echo.start({
      ...telemetry(),
      handlers: handlersThat(() => {
        see();
        return Promise.resolve();
      }),
    });
    const front = await echo.start({
      ...telemetry(),
      handlers: handlersThat(async () => {
        see();
        await invoke(back.client, shape).result;
        see();
      }),
    });
    const metadata = baggageEntryMetadataFromString('p;q=1');
    const baggage = propagation.createBaggage({
      'user-id': { value: 'alice, é;=%' },
      tenant: { value: '' },
      'key of mine': { value: '1', metadata },
    });
    const { code } = await context.with(
      propagation.setBaggage(contextOf(), baggage),
      () => invoke(front.client, shape).result,
    );
    expect(code).toBe(grpc.status.OK);
    const entries = [
      ['user-id', 'alice, é;=%', ''],
      ['tenant', '', ''],
      ['key of mine', '1', 'p;q=1'],
    ];
    expect(seen).toEqual([entries, TRACE_ID, entries, TRACE_ID, entries, TRACE_ID]);
  });

  test.each<[what: string, propagator: TextMapPropagator]>([
    ['W3C, as nothing is registered', w3cPropagator],
    ['grpc-trace-bin', new GrpcTraceBinPropagator()],
    ['both', new CompositePropagator({ propagators: [w3cPropagator, new GrpcTraceBinPropagator()] })],
  ])('links client and server: %s', async (_what, propagator) => {
    const rig = await echo.start(tracing(propagator));
    await invoke(rig.client, shape).result;
    const [client] = await rig.clientTelemetry.spans(1);
    const [server] = await rig.serverTelemetry.spans(1);
    expect(server?.parentSpanContext).toEqual({ ...client?.spanContext(), isRemote: true });
  });

  test('the caller’s service name is the server span’s client.service.name', async () => {
    const propagator = new ServiceNamePropagator({ serviceName: 'front (eu)' });
    const rig = await echo.start(tracing(propagator));
    await invoke(rig.client, shape).result;
    const [server] = await rig.serverTelemetry.spans(1);
    expect(server?.attributes['client.service.name']).toBe('front (eu)');
  });
});

describe('strangers', () => {
  // grpc-js logs every header that it refuses.
  beforeAll(() => grpc.setLogVerbosity(grpc.logVerbosity.NONE));
  afterAll(() => grpc.setLogVerbosity(grpc.logVerbosity.ERROR));

  const all = new CompositePropagator({
    propagators: [w3cPropagator, new GrpcTraceBinPropagator(), new ServiceNamePropagator({ serviceName: 'me' })],
  });

  test.each([
    ['once', { traceparent: TRACEPARENT }, TRACE_ID],
    ['twice the same', { traceparent: [TRACEPARENT, TRACEPARENT] }, undefined],
    ['twice, of which one is invalid', { traceparent: [TRACEPARENT, 'x'] }, undefined],
    ['upper case', { traceparent: TRACEPARENT.toUpperCase() }, undefined],
    ['binary', { 'grpc-trace-bin': BINARY.toString('base64') }, TRACE_ID],
    ['binary without padding', { 'grpc-trace-bin': BINARY.toString('base64').replaceAll('=', '') }, TRACE_ID],
    ['binary, broken', { 'grpc-trace-bin': '!!!' }, undefined],
  ])('the trace of a header that comes %s', async (_what, headers, traceId) => {
    const rig = await echo.start(tracing(all));
    const raw = new RawCalls(rig.address);
    expect(await raw.call(headers)).toBe('0');
    raw.close();
    const [server] = await rig.serverTelemetry.spans(1);
    expect(server?.parentSpanContext?.traceId).toBe(traceId);
    expect(server?.attributes['client.service.name']).toBeUndefined();
  });

  test('a header that grpc-js refuses is dropped alone; the call goes on', async () => {
    let received = new grpc.Metadata();
    const propagator: TextMapPropagator = {
      inject: (_context, carrier, setter) => {
        setter.set(carrier, 'x-before', '1');
        setter.set(carrier, 'x-refused', 'line\nbreak');
        setter.set(carrier, 'x-white', ' 2 ');
        setter.set(carrier, 'x-bin', 'AAEC');
      },
      extract: (from) => from,
      fields: () => ['x-before', 'x-refused', 'x-white', 'x-bin'],
    };
    const rig = await echo.start({
      ...tracing(propagator),
      handlers: {
        Unary: (call, callback) => {
          received = call.metadata;
          callback(null, call.request);
        },
      },
    });
    const metadata = new grpc.Metadata();
    metadata.set('x-refused', 'of another call');
    expect((await invoke(rig.client, 'Unary', { metadata }).result).code).toBe(grpc.status.OK);
    expect(received.getMap()).toMatchObject({ 'x-before': '1', 'x-white': '2', 'x-bin': Buffer.from([0, 1, 2]) });
    expect(received.get('x-refused')).toEqual([]);
    expect(metadata.get('x-refused')).toHaveLength(1);
    expect(echo.takeDiagLines()).toEqual(['grpc-js-opentelemetry: the header "x-refused" is not sent']);
  });
});
