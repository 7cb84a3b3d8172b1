import { metrics, trace } from '@opentelemetry/api';
import { tracerOf } from '../../lib/signals/tracer.js';
import { version } from '../../package.json';
import { invoke } from '../../tools/invoke.js';
import { useApiRegistry } from '../helpers/api-registry.js';
import { useEcho } from '../helpers/echo.js';
import { behave } from '../helpers/echo-handlers.js';
import { LogRecords } from '../helpers/log-records.js';
import { Measurements } from '../helpers/measurements.js';
import { callsOver, SIDES, tracingOn } from '../helpers/sides.js';
import { Telemetry } from '../helpers/telemetry.js';

const echo = useEcho();
const registry = useApiRegistry();

afterEach(() => {
  trace.disable();
  metrics.disable();
});

const NAME = 'grpc-js-opentelemetry';
const SCHEMA = { schemaUrl: 'https://opentelemetry.io/schemas/1.45.0' };

describe.each([
  ['stable', SCHEMA],
  ['dup', {}],
  ['old', {}],
] as const)('with the %s conventions, the schema is %j', (semanticConventions, schema) => {
  it.each(SIDES)('for each provider that is passed to the %s', async (side) => {
    const telemetry = new Telemetry();
    const { provider: meterProvider } = new Measurements();
    const { provider: loggerProvider } = new LogRecords();
    const asked = [
      jest.spyOn(telemetry.provider, 'getTracer'),
      jest.spyOn(meterProvider, 'getMeter'),
      jest.spyOn(loggerProvider, 'getLogger'),
    ];
    const tracing = { semanticConventions, meterProvider, loggerProvider, errorEvents: 'logs' } as const;
    const rig = await echo.start(tracingOn(side, tracing, telemetry));
    await invoke(rig.client, 'Unary', { metadata: behave('code 13') }).result;
    await callsOver(rig);
    expect(asked.map(({ mock }) => mock.calls as unknown[][])).toStrictEqual([
      [[NAME, version, schema]],
      [[NAME, version, schema]],
      [[NAME, version, schema]],
    ]);
  });

  it('for each global one, which comes after the first call, on both sides', async () => {
    const [measurements, records, telemetry] = [new Measurements(), new LogRecords(), new Telemetry()];
    const tracing = { semanticConventions, errorEvents: 'logs', tracerProvider: undefined } as const;
    const rig = await echo.start({ clientTracing: tracing, serverTracing: tracing });
    await invoke(rig.client, 'Unary', { metadata: behave('code 13') }).result;
    // Through what the API hands out before, which has to hand it on.
    trace.setGlobalTracerProvider(telemetry.provider);
    metrics.setGlobalMeterProvider(measurements.provider);
    registry.register('logs', records.provider);
    await invoke(rig.client, 'Unary', { metadata: behave('code 13') }).result;
    await callsOver(rig);
    const scope = { name: NAME, version, schemaUrl: undefined, ...schema };
    expect(telemetry.ended.map(({ instrumentationScope }) => instrumentationScope)).toStrictEqual([scope, scope]);
    expect(records.all.map((record) => record.scope)).toStrictEqual([scope, scope]);
    const measured = (await measurements.metrics(2)).map((metric) => metric.scope);
    expect(measured).toStrictEqual(measured.map(() => scope));
    expect(measured.length).toBeGreaterThan(0);
  });

  it('whatever the tracer is called', async () => {
    const rig = await echo.start({ clientTracing: { semanticConventions, tracerName: 'mine' } });
    await invoke(rig.client, 'Unary').result;
    const [span] = await rig.clientTelemetry.spans(1);
    expect(span?.instrumentationScope).toStrictEqual({ name: 'mine', version, schemaUrl: undefined, ...schema });
  });
});

it('the API’s stand-in is told it, and hands it on to whom it stands for', () => {
  const delegate = new Telemetry().provider;
  const getTracer = jest.spyOn(delegate, 'getTracer');
  const tracer = tracerOf(undefined, 'mine', SCHEMA);
  expect(tracer()).toBeUndefined();
  trace.setGlobalTracerProvider(delegate);
  expect(tracer()).toBe(getTracer.mock.results[0]?.value);
  expect(getTracer.mock.calls).toEqual([['mine', version, SCHEMA]]);
});
