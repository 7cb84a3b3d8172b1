import { isSpanContextValid, trace } from '@opentelemetry/api';
import { AlwaysOffSampler } from '@opentelemetry/sdk-trace-node';
import { invoke } from '../../tools/invoke.js';
import { useEcho, type EchoSetup } from '../helpers/echo.js';
import { expectedPoints, measured, NAMES, SIDES } from '../helpers/measured.js';
import { Telemetry } from '../helpers/telemetry.js';

const echo = useEcho();

const OK = { 'rpc.status_code': 'OK' };

/** A handler that keeps the process busy, so that each side measures at least as much; and what it saw. */
class BusyHandler {
  milliseconds = 0;
  traceparent = '';

  readonly setup: EchoSetup = {
    handlers: {
      Unary: (call, callback) => {
        this.traceparent = String(call.metadata.get('traceparent')[0]);
        const start = performance.now();
        while (this.milliseconds < 20) this.milliseconds = performance.now() - start;
        callback(null, call.request);
      },
    },
  };
}

describe.each(SIDES)('the %s measures a call', (side) => {
  it('that is not sampled, by its own clock', async () => {
    const notSampling = new Telemetry(new AlwaysOffSampler());
    const handler = new BusyHandler();
    const setup = { ...handler.setup, clientTelemetry: notSampling, serverTelemetry: notSampling };
    const { rig, measurements } = await measured(echo, side, {}, setup);
    const before = performance.now();
    await invoke(rig.client, 'Unary').result;
    const points = await measurements.points(1);
    const seconds = points[NAMES[side]]?.[0]?.value.sum;
    expect(points).toStrictEqual(expectedPoints(side, 'Unary', rig.port, OK, seconds));
    expect(seconds).toBeGreaterThanOrEqual(handler.milliseconds / 1000);
    expect(seconds).toBeLessThanOrEqual((performance.now() - before) / 1000);
  });

  it('that is not sampled, in the context that it has nevertheless', async () => {
    const notSampling = new Telemetry(new AlwaysOffSampler());
    const handler = new BusyHandler();
    const setup = { ...handler.setup, clientTelemetry: notSampling, serverTelemetry: notSampling };
    const { rig, measurements } = await measured(echo, side, {}, setup);
    await invoke(rig.client, 'Unary').result;
    await measurements.points(1);
    const [spanContext] = measurements.contexts.map((context) => trace.getSpanContext(context));
    expect(spanContext).toMatchObject({ traceId: handler.traceparent.split('-')[1], traceFlags: 0 });
    expect(spanContext && isSpanContextValid(spanContext)).toBe(true);
  });

  it('that nobody traces', async () => {
    const { rig, measurements } = await measured(echo, side, { tracerProvider: undefined });
    await invoke(rig.client, 'Unary').result;
    const points = await measurements.points(1);
    const seconds = points[NAMES[side]]?.[0]?.value.sum;
    expect(points).toStrictEqual(expectedPoints(side, 'Unary', rig.port, OK, seconds));
  });

  it('for which the tracer starts no span', async () => {
    const startSpan = (): never => {
      throw new Error('no span');
    };
    const handler = new BusyHandler();
    const tracerProvider = { getTracer: () => ({ startSpan, startActiveSpan: startSpan }) };
    const { rig, measurements } = await measured(echo, side, { tracerProvider }, handler.setup);
    const before = performance.now();
    await invoke(rig.client, 'Unary').result;
    const points = await measurements.points(1);
    const seconds = points[NAMES[side]]?.[0]?.value.sum;
    expect(points).toStrictEqual(expectedPoints(side, 'Unary', rig.port, OK, seconds));
    expect(seconds).toBeGreaterThanOrEqual(handler.milliseconds / 1000);
    expect(seconds).toBeLessThanOrEqual((performance.now() - before) / 1000);
    expect(echo.takeDiagLines()).toEqual(['grpc-js-opentelemetry: the span could not be started']);
  });

  it.each([
    ['a text and a number', ['1', 2]],
    ['a number and a text', [1, '2']],
    ['a number alone', 1],
    ['no more than seconds', [1]],
    ['nothing', undefined],
  ])('whose span, of another SDK, has for its duration %s', async (_what, duration) => {
    const handler = new BusyHandler();
    const { rig, measurements } = await measured(
      echo,
      side,
      { endHook: (span) => void Object.defineProperty(span, 'duration', { value: duration }) },
      handler.setup,
    );
    const before = performance.now();
    await invoke(rig.client, 'Unary').result;
    const points = await measurements.points(1);
    const seconds = points[NAMES[side]]?.[0]?.value.sum;
    expect(points).toStrictEqual(expectedPoints(side, 'Unary', rig.port, OK, seconds));
    expect(seconds).toBeGreaterThanOrEqual(handler.milliseconds / 1000);
    expect(seconds).toBeLessThanOrEqual((performance.now() - before) / 1000);
  });
});
