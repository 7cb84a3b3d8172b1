import type { Metadata } from '@grpc/grpc-js';
import { context, propagation, ROOT_CONTEXT, trace, type TextMapPropagator } from '@opentelemetry/api';
import { tracingClientInterceptor, tracingServerInterceptor } from '../../lib/index.js';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { party, useContextManager } from '../helpers/async-context.js';
import { useEcho, type EchoRig } from '../helpers/echo.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { plainSpan } from '../helpers/plain-span.js';
import { Telemetry } from '../helpers/telemetry.js';

useContextManager();
const echo = useEcho();

afterEach(() => {
  trace.disable();
  propagation.disable();
});

const OK = { code: 0, details: 'OK' };
const CALLER = party(1);

/** A rig whose interceptors were made without any argument. */
function startWithDefaults(received: Metadata[] = []): Promise<EchoRig> {
  return echo.start({
    clientChain: () => [tracingClientInterceptor()],
    serverChain: () => [tracingServerInterceptor()],
    handlers: {
      Unary(call, callback) {
        received.push(call.metadata);
        callback(null, call.request);
      },
    },
  });
}

/** One call as the caller; both sides record into the same telemetry, the server last. */
async function expectOneTrace(rig: EchoRig, telemetry: Telemetry, shape: (typeof SHAPES)[number]): Promise<void> {
  const before = telemetry.ended.length;
  const { code } = await CALLER.run(() => invoke(rig.client, shape).result);
  expect(code).toBe(0);
  const spans = (await telemetry.spans(before + 2)).slice(before);
  const client = spans.find(({ parentSpanContext }) => parentSpanContext?.spanId === CALLER.spanId);
  const server = spans.find(({ parentSpanContext }) => parentSpanContext?.spanId === client?.spanContext().spanId);
  expect([client, server].map((span) => span && plainSpan(span))).toEqual([
    expectedSpan('client', shape, OK, rig.port),
    expectedSpan('server', shape, OK, rig.port),
  ]);
}

describe.each(SHAPES)('interceptors made without an argument, in a %s call', (shape) => {
  it('use the global provider, whether it came before the interceptors', async () => {
    const telemetry = new Telemetry();
    trace.setGlobalTracerProvider(telemetry.provider);
    await expectOneTrace(await startWithDefaults(), telemetry, shape);
  });

  it('or after them', async () => {
    const rig = await startWithDefaults();
    const telemetry = new Telemetry();
    trace.setGlobalTracerProvider(telemetry.provider);
    await expectOneTrace(rig, telemetry, shape);
  });

  it('or after their first call', async () => {
    const rig = await startWithDefaults();
    expect((await invoke(rig.client, shape).result).code).toBe(0);
    const telemetry = new Telemetry();
    trace.setGlobalTracerProvider(telemetry.provider);
    await expectOneTrace(rig, telemetry, shape);
    expect(telemetry.startedCount).toBe(2);
  });

  it('use the next global provider when the first was taken away', async () => {
    const rig = await startWithDefaults();
    const [first, second] = [new Telemetry(), new Telemetry()];
    trace.setGlobalTracerProvider(first.provider);
    await expectOneTrace(rig, first, shape);
    trace.disable();
    expect((await invoke(rig.client, shape).result).code).toBe(0);
    trace.setGlobalTracerProvider(second.provider);
    await expectOneTrace(rig, second, shape);
    expect([first.startedCount, second.startedCount]).toEqual([2, 2]);
  });
});

it('spans carry the package as their instrumentation scope', async () => {
  const telemetry = new Telemetry();
  trace.setGlobalTracerProvider(telemetry.provider);
  const rig = await startWithDefaults();
  await invoke(rig.client, 'Unary').result;
  const scopes = (await telemetry.spans(2)).map(({ instrumentationScope: { name, version } }) => ({ name, version }));
  const scope = { name: 'grpc-js-opentelemetry', version: expect.any(String) as unknown };
  expect(scopes).toEqual([scope, scope]);
});

it('a provider that is passed in beats the global one, also one that is registered later', async () => {
  const own = new Telemetry();
  const rig = await echo.start({ clientTelemetry: own, serverTelemetry: own });
  const global = new Telemetry();
  trace.setGlobalTracerProvider(global.provider);
  await expectOneTrace(rig, own, 'Unary');
  expect(global.startedCount).toBe(0);
});

describe('the propagator', () => {
  const bySpanId: TextMapPropagator = {
    inject(from, carrier, setter) {
      setter.set(carrier, 'x-span', trace.getSpanContext(from)?.spanId ?? 'none');
    },
    extract: (into) => into,
    fields: () => ['x-span'],
  };
  const KEYS = ['traceparent', 'baggage', 'x-span'];

  function keysOf(received: readonly Metadata[]): string[][] {
    return received.map((metadata) => KEYS.filter((key) => metadata.get(key).length > 0));
  }

  const withBaggage = propagation.setBaggage(CALLER.context, propagation.createBaggage({ tenant: { value: 'one' } }));

  async function call(rig: EchoRig): Promise<void> {
    expect((await context.with(withBaggage, () => invoke(rig.client, 'Unary').result)).code).toBe(0);
  }

  it('is W3C trace context and baggage where none is registered, on both sides', async () => {
    const seen: unknown[] = [];
    const rig = await echo.start({
      clientChain: () => [tracingClientInterceptor()],
      serverChain: () => [tracingServerInterceptor()],
      handlers: {
        Unary(received, callback) {
          seen.push(trace.getActiveSpan()?.spanContext().spanId, propagation.getActiveBaggage()?.getAllEntries());
          callback(null, received.request);
        },
      },
    });
    await call(rig);
    expect(seen).toEqual([CALLER.spanId, [['tenant', { value: 'one' }]]]);
  });

  it('is the global one, also one that is registered after the first call, and W3C again without it', async () => {
    const received: Metadata[] = [];
    const rig = await startWithDefaults(received);
    await call(rig);
    propagation.setGlobalPropagator(bySpanId);
    await call(rig);
    propagation.disable();
    await call(rig);
    expect(keysOf(received)).toEqual([['traceparent', 'baggage'], ['x-span'], ['traceparent', 'baggage']]);
  });

  it('is the one that is passed in, whatever is registered', async () => {
    const received: Metadata[] = [];
    propagation.setGlobalPropagator(bySpanId);
    const silent: TextMapPropagator = { inject: () => undefined, extract: (into) => into, fields: () => [] };
    const rig = await echo.start({
      clientTracing: { propagator: silent },
      serverTracing: { propagator: silent },
      handlers: {
        Unary(incoming, callback) {
          received.push(incoming.metadata);
          callback(null, incoming.request);
        },
      },
    });
    await call(rig);
    expect(keysOf(received)).toEqual([[]]);
  });
});

it('a server that was started inside a span does not make that span the parent of its calls', async () => {
  const telemetry = new Telemetry();
  const silent: TextMapPropagator = { inject: () => undefined, extract: (into) => into, fields: () => [] };
  const boot = party(42, propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage({ at: { value: 'boot' } })));
  const baggage: unknown[] = [];
  const rig = await boot.run(() =>
    echo.start({
      serverTelemetry: telemetry,
      clientTracing: { propagator: silent },
      handlers: {
        Unary(call, callback) {
          baggage.push(propagation.getActiveBaggage());
          callback(null, call.request);
        },
      },
    }),
  );
  await context.with(ROOT_CONTEXT, () => invoke(rig.client, 'Unary').result);
  const [span] = await telemetry.spans(1);
  expect(span?.parentSpanContext).toBeUndefined();
  expect(baggage).toEqual([undefined]);
});
