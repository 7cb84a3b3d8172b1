import { InterceptingCall, Metadata, status, type Interceptor, type MetadataValue } from '@grpc/grpc-js';
import {
  context,
  createTraceState,
  propagation,
  ROOT_CONTEXT,
  trace,
  TraceFlags,
  type Context,
  type TextMapPropagator,
} from '@opentelemetry/api';
import { AlwaysOffSampler } from '@opentelemetry/sdk-trace-node';
import { tracingClientInterceptor, tracingServerInterceptor } from '../../lib/index.js';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { party, useContextManager } from '../helpers/async-context.js';
import { useDeadlines } from '../helpers/deadlines.js';
import { useEcho, type EchoMethods, type EchoRig } from '../helpers/echo.js';
import { Telemetry } from '../helpers/telemetry.js';

useContextManager();
const echo = useEcho();
const deadlines = useDeadlines();

const CALLER = party(1);
const STALE = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
const BYTES = Buffer.from([0, 255, 1, 254]);

/** Everything a caller can put into its metadata, a stale context of another call included. */
function callersMetadata(): Metadata {
  const metadata = new Metadata({ waitForReady: true, idempotentRequest: true, cacheableRequest: true, corked: true });
  metadata.add('repeated', 'one');
  metadata.add('repeated', 'two');
  metadata.set('bytes-bin', BYTES);
  metadata.set('traceparent', STALE);
  metadata.set('tracestate', 'stale=1');
  return metadata;
}

function contentOf(metadata: Metadata): unknown {
  return { values: metadata.toJSON(), options: metadata.getOptions() };
}

/** Handlers that keep the metadata of their calls, as it came over the wire, and answer. */
function keeping(received: Metadata[]): Required<EchoMethods> {
  return {
    Unary(call, callback) {
      received.push(call.metadata);
      callback(null, call.request);
    },
    ClientStream(call, callback) {
      received.push(call.metadata);
      call.resume().on('end', () => callback(null, {}));
    },
    ServerStream(call) {
      received.push(call.metadata);
      call.end();
    },
    Bidi(call) {
      received.push(call.metadata);
      call.resume().on('end', () => call.end());
    },
  };
}

function valuesOf(received: readonly Metadata[], key: string): MetadataValue[][] {
  return received.map((metadata) => metadata.get(key));
}

/** The headers that the rig's CLIENT spans must have left on the wire. */
function traceparentsOf({ clientTelemetry }: EchoRig): string[] {
  return clientTelemetry.ended.map((span) => {
    const { traceId, spanId } = span.spanContext();
    return `00-${traceId}-${spanId}-01`;
  });
}

describe.each(SHAPES)('the metadata of the caller of a %s call', (shape) => {
  it('is never changed', async () => {
    const metadata = callersMetadata();
    const rig = await echo.start();
    await CALLER.run(() => invoke(rig.client, shape, { metadata }).result);
    expect(contentOf(metadata)).toEqual(contentOf(callersMetadata()));
  });

  it('is never changed by a propagator that throws midway, and is what is sent then', async () => {
    const received: Metadata[] = [];
    const metadata = callersMetadata();
    const throwing: TextMapPropagator = {
      inject(_context, carrier, setter) {
        setter.set(carrier, 'traceparent', 'half');
        throw new Error('midway');
      },
      extract: (into) => into,
      fields: () => ['traceparent'],
    };
    const rig = await echo.start({ clientTracing: { propagator: throwing }, handlers: keeping(received) });
    const { code } = await invoke(rig.client, shape, { metadata }).result;
    expect(code).toBe(status.OK);
    expect(contentOf(metadata)).toEqual(contentOf(callersMetadata()));
    expect(valuesOf(received, 'traceparent')).toEqual([[STALE]]);
    expect(echo.takeDiagLines()).toEqual([expect.stringContaining('inject')]);
  });

  it('serves concurrent calls, each with one traceparent of its own on the wire, in place of a stale one', async () => {
    const received: Metadata[] = [];
    const metadata = callersMetadata();
    const rig = await echo.start({ handlers: keeping(received) });
    const callers = [party(1), party(2), party(3)];
    await Promise.all(callers.map((caller) => caller.run(() => invoke(rig.client, shape, { metadata }).result)));
    await rig.clientTelemetry.spans(callers.length);
    expect(valuesOf(received, 'traceparent').sort()).toEqual(
      traceparentsOf(rig)
        .map((header) => [header])
        .sort(),
    );
    expect(new Set(traceparentsOf(rig)).size).toBe(callers.length);
  });

  it('arrives with every value and every byte', async () => {
    const received: Metadata[] = [];
    const rig = await echo.start({ handlers: keeping(received) });
    await invoke(rig.client, shape, { metadata: callersMetadata() }).result;
    expect(valuesOf(received, 'bytes-bin')).toEqual([[BYTES]]);
    // HTTP/2 in Node joins the values of a repeated header.
    expect(valuesOf(received, 'repeated')).toEqual([['one, two']]);
  });

  it('keeps its options on the way', async () => {
    const seen: unknown[] = [];
    const behind: Interceptor = (options, nextCall) =>
      new InterceptingCall(nextCall(options), {
        start(metadata, listener, next) {
          seen.push(metadata.getOptions());
          next(metadata, listener);
        },
      });
    const rig = await echo.start({ clientChain: (tracing) => [tracing, behind] });
    await invoke(rig.client, shape, { metadata: callersMetadata() }).result;
    expect(seen).toEqual([callersMetadata().getOptions()]);
  });
});

/** Metadata of an application's own make, with what its interceptors ask of it. */
class Tenant extends Metadata {
  private readonly requests: string[] = [];

  constructor(private readonly name: string) {
    super({ waitForReady: true });
  }

  tenant(): string {
    this.requests.push(this.name);
    return this.requests.join('+');
  }
}

describe.each(SHAPES)('metadata of a class of the caller’s own, with a %s call', (shape) => {
  it.each<[what: string, chain: (tracing: Interceptor, own: Interceptor) => Interceptor[]]>([
    ['as without tracing', (_tracing, own) => [own]],
    ['before tracing', (tracing, own) => [own, tracing]],
    ['after tracing', (tracing, own) => [tracing, own]],
    ['between two that trace', (tracing, own) => [tracing, own, tracing]],
  ])('is that for an interceptor: %s', async (_what, chain) => {
    const received: Metadata[] = [];
    const own: Interceptor = (options, nextCall) =>
      new InterceptingCall(nextCall(options), {
        start(metadata, listener, next) {
          if (!(metadata instanceof Tenant)) throw new TypeError(`of ${metadata.constructor.name}`);
          metadata.set('tenant', metadata.tenant());
          metadata.set('session', String(metadata.getOpaque('session')));
          metadata.set('waits', String(metadata.getOptions().waitForReady));
          next(metadata, listener);
        },
      });
    const rig = await echo.start({ clientChain: (tracing) => chain(tracing, own), handlers: keeping(received) });
    const metadata = new Tenant('acme');
    metadata.setOpaque('session', 7);
    expect((await invoke(rig.client, shape, { metadata }).result).code).toBe(status.OK);
    expect(['tenant', 'session', 'waits'].map((key) => valuesOf(received, key))).toEqual([
      [['acme']],
      [['7']],
      [['true']],
    ]);
  });

  it('is not changed', async () => {
    const received: Metadata[] = [];
    const rig = await echo.start({ handlers: keeping(received) });
    const metadata = new Tenant('acme');
    Object.freeze(metadata);
    for (let n = 0; n < 2; n++) expect((await invoke(rig.client, shape, { metadata }).result).code).toBe(status.OK);
    expect(contentOf(metadata)).toEqual({ values: {}, options: { waitForReady: true } });
    expect(metadata.getOpaque('any')).toBeUndefined();
    expect(valuesOf(received, 'traceparent')).toEqual(traceparentsOf(rig).map((header) => [header]));
  });
});

it('a call that waits for its server does so with tracing too', async () => {
  const first = await echo.start();
  const { port } = first;
  await first.close();
  const client = first.newClient(`127.0.0.1:${port}`, { 'grpc.initial_reconnect_backoff_ms': 100 });
  const { result } = invoke(client, 'Unary', {
    metadata: callersMetadata(),
    callOptions: { deadline: deadlines.next() },
  });
  // It is made later and does not wait: by now the other would have failed as well.
  expect((await invoke(client, 'Unary').result).code).toBe(status.UNAVAILABLE);
  deadlines.pass();
  const { code } = await result;
  expect(code).toBe(status.DEADLINE_EXCEEDED);
  client.close();
});

describe.each(SHAPES)('what a %s call passes on', (shape) => {
  const traceState = createTraceState('vendor=1,other=2');
  const baggage = propagation.createBaggage({ tenant: { value: 'one two' } });
  const full: Context = trace.setSpanContext(propagation.setBaggage(ROOT_CONTEXT, baggage), {
    traceId: CALLER.traceId,
    spanId: CALLER.spanId,
    traceFlags: TraceFlags.SAMPLED,
    traceState,
  });
  const WHOLE = party(1, propagation.setBaggage(ROOT_CONTEXT, baggage));

  it('the trace state and the baggage of its caller', async () => {
    const received: Metadata[] = [];
    const rig = await echo.start({ handlers: keeping(received) });
    await context.with(full, () => invoke(rig.client, shape, { metadata: callersMetadata() }).result);
    expect(valuesOf(received, 'tracestate')).toEqual([['vendor=1,other=2']]);
    expect(valuesOf(received, 'baggage')).toEqual([['tenant=one%20two']]);
  });

  it('unsampled: the trace with its flag unset, and the baggage', async () => {
    const received: Metadata[] = [];
    const rig = await echo.start({
      clientTelemetry: new Telemetry(new AlwaysOffSampler()),
      serverTelemetry: new Telemetry(new AlwaysOffSampler()),
      handlers: keeping(received),
    });
    await WHOLE.run(() => invoke(rig.client, shape).result);
    const header = new RegExp(`^00-${CALLER.traceId}-(?!${CALLER.spanId})[0-9a-f]{16}-00$`);
    expect(valuesOf(received, 'traceparent')).toEqual([[expect.stringMatching(header)]]);
    expect(valuesOf(received, 'baggage')).toEqual([['tenant=one%20two']]);
    expect([rig.clientTelemetry.startedCount, rig.serverTelemetry.startedCount]).toEqual([0, 0]);
  });

  it('without an SDK: the context of its caller as it is', async () => {
    const received: Metadata[] = [];
    const rig = await echo.start({ clientChain: () => [tracingClientInterceptor()], handlers: keeping(received) });
    await context.with(full, () => invoke(rig.client, shape, { metadata: callersMetadata() }).result);
    expect(valuesOf(received, 'traceparent')).toEqual([[`00-${CALLER.traceId}-${CALLER.spanId}-01`]]);
    expect(valuesOf(received, 'tracestate')).toEqual([['vendor=1,other=2']]);
    expect(valuesOf(received, 'baggage')).toEqual([['tenant=one%20two']]);
  });

  it('without an SDK: from the calls that its own server received, unchanged', async () => {
    const received: Metadata[] = [];
    const back = await echo.start({ clientChain: () => [tracingClientInterceptor()], handlers: keeping(received) });
    const relay = (): Promise<unknown> => invoke(back.client, shape).result;
    const front = await echo.start({
      clientChain: () => [tracingClientInterceptor()],
      serverChain: () => [tracingServerInterceptor()],
      handlers: { Unary: (call, callback) => void relay().then(() => callback(null, call.request)) },
    });
    await context.with(full, () => invoke(front.client, 'Unary').result);
    expect(valuesOf(received, 'traceparent')).toEqual([[`00-${CALLER.traceId}-${CALLER.spanId}-01`]]);
    expect(valuesOf(received, 'tracestate')).toEqual([['vendor=1,other=2']]);
    expect(valuesOf(received, 'baggage')).toEqual([['tenant=one%20two']]);
  });

  it('without an SDK and without a context: nothing of its own', async () => {
    const received: Metadata[] = [];
    const rig = await echo.start({ clientChain: () => [tracingClientInterceptor()], handlers: keeping(received) });
    await invoke(rig.client, shape).result;
    expect(valuesOf(received, 'traceparent')).toEqual([[]]);
  });
});
