import { Metadata, ServerInterceptingCall, status, type ServerInterceptor } from '@grpc/grpc-js';
import { context, propagation, ROOT_CONTEXT, type Context } from '@opentelemetry/api';
import type * as core2 from 'otel-core-2';
import { tracingClientInterceptor } from '../../lib/index.js';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { party, Sightings } from '../helpers/async-context.js';
import { useEcho, type EchoMethods } from '../helpers/echo.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { Measurements } from '../helpers/measurements.js';
import { callsOver, firstSpan } from '../helpers/sides.js';

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

/** What a core does to the context. */
export type Suppression = Pick<typeof core2, 'suppressTracing' | 'unsuppressTracing'>;

/** Tests what the interceptors do where a core, to be loaded before the tests, suppresses tracing. */
export function suppressedCalls(load: () => Promise<Suppression>): void {
  const echo = useEcho();
  let suppressTracing: Suppression['suppressTracing'];
  let unsuppressTracing: Suppression['unsuppressTracing'];

  beforeAll(async () => {
    ({ suppressTracing, unsuppressTracing } = await load());
  });

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

  it.each<[what: string, active: () => Context]>([
    ['where nothing was suppressed', () => caller.context],
    ['where it was taken back', () => unsuppressTracing(suppressTracing(caller.context))],
  ])('a call is traced as ever %s', async (_what, active) => {
    const arrived: string[] = [];
    const rig = await echo.start({ handlers: watchingHeaders(arrived) });
    await context.with(active(), () => invoke(rig.client, 'Unary').result);
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
}
