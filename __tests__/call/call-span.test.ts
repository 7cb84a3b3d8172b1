import { Metadata, status } from '@grpc/grpc-js';
import { ROOT_CONTEXT, type TracerProvider } from '@opentelemetry/api';
import { CallSpan } from '../../lib/call/call-span.js';
import type { TracingOptions } from '../../lib/index.js';
import { resolveOptions } from '../../lib/options/settings.js';
import { party } from '../helpers/async-context.js';
import { LogRecords } from '../helpers/log-records.js';
import { Measurements } from '../helpers/measurements.js';
import { plainSpan } from '../helpers/plain-span.js';
import { DiagLog, Telemetry } from '../helpers/telemetry.js';

const PATH = '/test.Echo/Unary';
const CALLER = party(1);
const FAILED = { code: status.NOT_FOUND, details: 'first' };

let log = DiagLog.install();
beforeEach(() => {
  log = DiagLog.install();
});

function started(options: TracingOptions): CallSpan {
  const parent = CALLER.context;
  const settings = resolveOptions('client', options);
  const method = settings.methods.get({ path: PATH, requestStream: false, responseStream: false });
  const observers = settings.observers() ?? { tracer: undefined, metrics: undefined, errorLog: undefined };
  const metadata = new Metadata();
  return new CallSpan(settings, observers, { method, metadata, parent, deadline: undefined, attributes: {} });
}

/** A provider whose tracers do something else in place of starting a span. */
function starting({ provider }: Telemetry, change: (span: object) => object | undefined): TracerProvider {
  const tracer = provider.getTracer('test');
  return {
    getTracer: () =>
      new Proxy(tracer, {
        get: (_target, key): unknown =>
          key === 'startSpan'
            ? (...args: Parameters<typeof tracer.startSpan>) => change(tracer.startSpan(...args))
            : undefined,
      }),
  };
}

it('ends once: what comes later is neither on the span, nor measured, nor logged', async () => {
  const telemetry = new Telemetry();
  const measurements = new Measurements();
  const records = new LogRecords();
  const callSpan = started({
    tracerProvider: telemetry.provider,
    meterProvider: measurements.provider,
    activeCalls: true,
    loggerProvider: records.provider,
    errorEvents: 'dup',
    messageEvents: true,
  });
  callSpan.end(FAILED);
  callSpan.end({ code: status.OK, details: '' });
  callSpan.messageSent();
  callSpan.messageReceived();
  callSpan.responseMetadata(new Metadata());
  expect(telemetry.ended.map(plainSpan)).toMatchObject([
    { attributes: { 'rpc.status_code': 'NOT_FOUND' }, status: { message: 'first' }, events: [{ name: 'exception' }] },
  ]);
  const [duration, active] = await measurements.metrics(3);
  expect(duration?.points).toMatchObject([{ attributes: { 'rpc.status_code': 'NOT_FOUND' }, value: { count: 1 } }]);
  expect(active?.points).toMatchObject([{ value: 0 }]);
  expect(measurements.contexts).toHaveLength(3);
  expect(records.all).toMatchObject([{ attributes: { 'exception.message': 'first' } }]);
  expect(log.lines).toEqual([]);
});

it('where the tracer starts no span, what is passed on is the caller’s', () => {
  const tracerProvider = starting(new Telemetry(), () => {
    throw new Error('no span');
  });
  expect(started({ tracerProvider }).context).toBe(CALLER.context);
  expect(CALLER.context).not.toBe(ROOT_CONTEXT);
});

it('a span that does not say whether it records is ended, and nothing else', () => {
  const telemetry = new Telemetry();
  const hook = jest.fn();
  const tracerProvider = starting(telemetry, (span) =>
    Object.assign(span, {
      isRecording: () => {
        throw new Error('no answer');
      },
    }),
  );
  const callSpan = started({ tracerProvider, startHook: hook, endHook: hook });
  callSpan.end(FAILED);
  expect(telemetry.ended.map(plainSpan)).toEqual([expect.objectContaining({ attributes: {}, events: [] })]);
  expect(hook).not.toHaveBeenCalled();
});
