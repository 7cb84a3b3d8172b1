import { status } from '@grpc/grpc-js';
import { createNoopMeter, metrics, type Meter, type MeterProvider } from '@opentelemetry/api';
import { MeterProvider as SdkMeterProvider } from '@opentelemetry/sdk-metrics';
import { invoke } from '../../tools/invoke.js';
import { useEcho } from '../helpers/echo.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { expectedPoints, measured, NAMES, SIDES, type Side } from '../helpers/measured.js';
import { Measurements } from '../helpers/measurements.js';
import { plainSpan } from '../helpers/plain-span.js';

const echo = useEcho();

const OTHER = { client: 'server', server: 'client' } as const satisfies Record<Side, Side>;

afterEach(() => {
  metrics.disable();
  jest.restoreAllMocks();
});

/** How many calls the one series of a side has. */
async function callsOf(measurements: Measurements, side: Side, count: number): Promise<number | undefined> {
  return (await measurements.points(count))[NAMES[side]]?.[0]?.value.count;
}

test('where there is no meter provider at all, no instrument is made and nothing is measured', async () => {
  const created = jest.spyOn(createNoopMeter(), 'createHistogram');
  const rig = await echo.start();
  await invoke(rig.client, 'Unary').result;
  await Promise.all([rig.clientTelemetry.spans(1), rig.serverTelemetry.spans(1)]);
  expect(created).not.toHaveBeenCalled();
});

describe.each(SIDES)('where no meter provider is passed, the %s', (side) => {
  /** Only the other side measures for itself. */
  const withoutProvider = (): ReturnType<typeof measured> => measured(echo, OTHER[side]);

  it('measures with the global one', async () => {
    const global = new Measurements();
    metrics.setGlobalMeterProvider(global.provider);
    const { rig } = await withoutProvider();
    await invoke(rig.client, 'Unary').result;
    expect(await callsOf(global, side, 1)).toBe(1);
  });

  it('measures with one that is registered after the first call', async () => {
    const { rig } = await withoutProvider();
    await invoke(rig.client, 'Unary').result;
    await Promise.all([rig.clientTelemetry.spans(1), rig.serverTelemetry.spans(1)]);
    const global = new Measurements();
    metrics.setGlobalMeterProvider(global.provider);
    await invoke(rig.client, 'Unary').result;
    expect(await callsOf(global, side, 1)).toBe(1);
  });

  it('follows when another one is registered, and when there is none any more', async () => {
    const { rig } = await withoutProvider();
    const [first, second] = [new Measurements(), new Measurements()];
    for (const [calls, global] of [first, second].entries()) {
      metrics.setGlobalMeterProvider(global.provider);
      await invoke(rig.client, 'Unary').result;
      await Promise.all([rig.clientTelemetry.spans(calls + 1), rig.serverTelemetry.spans(calls + 1)]);
      metrics.disable();
    }
    await invoke(rig.client, 'Unary').result;
    await Promise.all([rig.clientTelemetry.spans(3), rig.serverTelemetry.spans(3)]);
    expect(await callsOf(first, side, 1)).toBe(1);
    expect(await callsOf(second, side, 1)).toBe(1);
  });

  it('makes the histogram once, not at every call', async () => {
    const global = new Measurements();
    const meters = jest.spyOn(global.provider, 'getMeter');
    metrics.setGlobalMeterProvider(global.provider);
    const { rig } = await withoutProvider();
    await invoke(rig.client, 'Unary').result;
    await callsOf(global, side, 1);
    const before = meters.mock.calls.length;
    await invoke(rig.client, 'Unary').result;
    expect(await callsOf(global, side, 2)).toBe(2);
    expect(meters.mock.calls).toHaveLength(before);
  });
});

describe.each(SIDES)('a meter provider that is passed to the %s', (side) => {
  it('beats the global one', async () => {
    const global = new Measurements();
    metrics.setGlobalMeterProvider(global.provider);
    const { rig, measurements, spanSeconds } = await measured(echo, side);
    await invoke(rig.client, 'Unary').result;
    const [seconds] = await spanSeconds(1);
    expect(await measurements.points(1)).toStrictEqual(
      expectedPoints(side, 'Unary', rig.port, { 'rpc.status_code': 'OK' }, seconds),
    );
    // The other side measured with it.
    expect(Object.keys(await global.points(1))).not.toContain(NAMES[side]);
  });

  it('is asked once, by the name of the package, and with the schema', async () => {
    const provider = new Measurements().provider;
    const meters = jest.spyOn(provider, 'getMeter');
    const { rig } = await measured(echo, side, { meterProvider: provider });
    await invoke(rig.client, 'Unary').result;
    await invoke(rig.client, 'Unary').result;
    expect(meters.mock.calls).toEqual([
      [
        'grpc-js-opentelemetry',
        expect.stringMatching(/^\d+\.\d+\.\d+/),
        { schemaUrl: 'https://opentelemetry.io/schemas/1.45.0' },
      ],
    ]);
  });
});

const NO_METER = (): never => {
  throw new Error('no meter');
};

const NO_HISTOGRAM = (): never => {
  throw new Error('no histogram');
};

const FAILED = 'grpc-js-opentelemetry: the instruments could not be made';

/** A meter of the SDK's but for its histograms. */
function meterWith(createHistogram: Meter['createHistogram']): MeterProvider {
  const meter = new SdkMeterProvider().getMeter('faulty');
  return { getMeter: () => Object.assign(meter, { createHistogram }) };
}

describe.each(SIDES)('the call of a %s goes on', (side) => {
  it('when the histogram throws', async () => {
    const record = jest.fn(() => {
      throw new Error('no measurement');
    });
    const { rig, telemetry } = await measured(echo, side, { meterProvider: meterWith(() => ({ record })) });
    expect((await invoke(rig.client, 'Unary').result).messages).toEqual(['hello']);
    expect((await telemetry.spans(1)).map(plainSpan)).toEqual([
      expectedSpan(side, 'Unary', { code: status.OK, details: 'OK' }, rig.port),
    ]);
    expect(record).toHaveBeenCalledTimes(1);
    expect(echo.takeDiagLines()).toEqual(['grpc-js-opentelemetry: the duration could not be recorded']);
  });

  it.each<[what: string, provider: MeterProvider]>([
    ['gives no meter', { getMeter: NO_METER }],
    ['gives no histogram', meterWith(NO_HISTOGRAM)],
  ])('when the meter provider %s, which is told once', async (_what, meterProvider) => {
    const { rig, telemetry } = await measured(echo, side, { meterProvider });
    expect((await invoke(rig.client, 'Unary').result).messages).toEqual(['hello']);
    expect((await invoke(rig.client, 'Unary').result).messages).toEqual(['hello']);
    const span = expectedSpan(side, 'Unary', { code: status.OK, details: 'OK' }, rig.port);
    expect((await telemetry.spans(2)).map(plainSpan)).toEqual([span, span]);
    expect(echo.takeDiagLines()).toEqual([FAILED]);
  });

  it.each<[what: string, provider: MeterProvider]>([
    ['gives no meter', { getMeter: NO_METER }],
    ['gives no histogram', meterWith(NO_HISTOGRAM)],
  ])('when a global meter provider that comes later %s, which is told once', async (_what, provider) => {
    // The other side measures for itself.
    const { rig } = await measured(echo, OTHER[side]);
    metrics.setGlobalMeterProvider(provider);
    expect((await invoke(rig.client, 'Unary').result).messages).toEqual(['hello']);
    expect((await invoke(rig.client, 'Unary').result).messages).toEqual(['hello']);
    const telemetry = { client: rig.clientTelemetry, server: rig.serverTelemetry }[side];
    const span = expectedSpan(side, 'Unary', { code: status.OK, details: 'OK' }, rig.port);
    expect((await telemetry.spans(2)).map(plainSpan)).toEqual([span, span]);
    expect(echo.takeDiagLines()).toEqual([FAILED]);
  });
});
