import {
  InterceptingCall,
  Metadata,
  ServerInterceptingCall,
  status,
  type Interceptor,
  type ServerInterceptor,
} from '@grpc/grpc-js';
import { createContextKey, type TextMapPropagator } from '@opentelemetry/api';
import { AlwaysOffSampler, AlwaysOnSampler, type Sampler } from '@opentelemetry/sdk-trace-node';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { useContextManager } from '../helpers/async-context.js';
import { useEcho } from '../helpers/echo.js';
import { keepingClient, keepingServer } from '../helpers/keeping.js';
import { callsOver } from '../helpers/sides.js';
import { Telemetry } from '../helpers/telemetry.js';
import { WeakSpans } from '../helpers/weak-spans.js';
import { WeaklyHeld } from '../helpers/weakly-held.js';

const SENT = createContextKey('sent');

useContextManager();
const echo = useEcho();

// As an application does, and grpc-js with a stream that never closes.
describe.each(SHAPES)('whoever keeps a %s call after its end', (shape) => {
  it('does not keep its span: on the server', async () => {
    const spans = new WeakSpans();
    const kept: unknown[] = [];
    const rig = await echo.start({
      serverTracing: { tracerProvider: spans.provider, messageEvents: true },
      serverChain: (tracing) => [tracing, keepingServer(kept)],
    });
    await invoke(rig.client, shape).result;
    await callsOver(rig);
    expect(spans.startedCount).toBe(1);
    expect(await spans.held()).toBe(0);
    expect(kept).toHaveLength(1);
  });

  it('does not keep its span: on the client', async () => {
    const spans = new WeakSpans();
    const kept: unknown[] = [];
    const rig = await echo.start({
      clientTracing: { tracerProvider: spans.provider, messageEvents: true },
      clientChain: (tracing) => [keepingClient(kept), tracing],
    });
    await invoke(rig.client, shape).result;
    await callsOver(rig);
    expect(spans.startedCount).toBe(1);
    expect(await spans.held()).toBe(0);
    expect(kept).toHaveLength(1);
  });

  // Metadata that an interceptor next to tracing has made, since grpc-js may keep its own.
  it.each<[string, Sampler]>([
    ['on the server', new AlwaysOnSampler()],
    ['on the server, of a span that is not sampled', new AlwaysOffSampler()],
  ])('does not keep its trailers: %s', async (_case, sampler) => {
    const trailers = new WeaklyHeld();
    const kept: unknown[] = [];
    const keeping: ServerInterceptor = (_method, call) => {
      kept.push(call);
      return new ServerInterceptingCall(call, {
        sendStatus(sent, next) {
          const metadata = new Metadata();
          trailers.add(metadata);
          next({ ...sent, metadata });
        },
      });
    };
    const serverTelemetry = new Telemetry(sampler);
    const rig = await echo.start({ serverTelemetry, serverChain: (tracing) => [tracing, keeping] });
    await invoke(rig.client, shape).result;
    await callsOver(rig);
    expect(trailers.addedCount).toBe(1);
    expect(await trailers.heldCount()).toBe(0);
    expect(kept).toHaveLength(1);
  });

  it.each<[string, Sampler]>([
    ['on the server', new AlwaysOnSampler()],
    ['on the server, of a span that is not sampled', new AlwaysOffSampler()],
  ])('does not keep the context that its caller sent: %s', async (_case, sampler) => {
    const values = new WeaklyHeld();
    const kept: unknown[] = [];
    const propagator: TextMapPropagator = {
      extract(active) {
        const value = {};
        values.add(value);
        return active.setValue(SENT, value);
      },
      inject: () => undefined,
      fields: () => [],
    };
    const rig = await echo.start({
      serverTelemetry: new Telemetry(sampler),
      serverTracing: { propagator },
      serverChain: (tracing) => [tracing, keepingServer(kept)],
    });
    await invoke(rig.client, shape).result;
    await callsOver(rig);
    expect(values.addedCount).toBe(1);
    expect(await values.heldCount()).toBe(0);
    expect(kept).toHaveLength(1);
  });

  it('does not keep its response headers: on the client', async () => {
    const headers = new WeaklyHeld();
    const kept: unknown[] = [];
    const answering: Interceptor = (options, nextCall) =>
      new InterceptingCall(nextCall(options), {
        start(sent, _listener, next) {
          next(sent, {
            onReceiveMetadata(_received, pass) {
              const metadata = new Metadata();
              headers.add(metadata);
              pass(metadata);
            },
          });
        },
      });
    const rig = await echo.start({ clientChain: (tracing) => [keepingClient(kept), tracing, answering] });
    await invoke(rig.client, shape).result;
    expect(headers.addedCount).toBe(1);
    expect(await headers.heldCount()).toBe(0);
    expect(kept).toHaveLength(1);
  });
});

describe('a server call that is kept after its end', () => {
  it('does not keep what its handler answers after that', async () => {
    const trailers = new WeaklyHeld();
    const kept: unknown[] = [];
    const keeping: ServerInterceptor = (_method, call) => {
      kept.push(call);
      return new ServerInterceptingCall(call, {
        sendStatus(_sent, next) {
          const metadata = new Metadata();
          trailers.add(metadata);
          next({ code: status.ABORTED, details: 'late', metadata });
        },
      });
    };
    let answered = (): void => undefined;
    const late = new Promise<void>((resolve) => {
      answered = resolve;
    });
    const rig = await echo.start({
      serverChain: (tracing) => [tracing, keeping],
      handlers: {
        Unary(call, callback) {
          call.on('cancelled', () => {
            setImmediate(() => {
              callback({ code: status.ABORTED });
              answered();
            });
          });
        },
      },
    });
    const { call, result } = invoke(rig.client, 'Unary');
    await rig.serverTelemetry.started(1);
    call.cancel();
    await result;
    await rig.serverTelemetry.spans(1);
    await late;
    expect(trailers.addedCount).toBe(1);
    expect(await trailers.heldCount()).toBe(0);
    expect(kept).toHaveLength(1);
  });
});
