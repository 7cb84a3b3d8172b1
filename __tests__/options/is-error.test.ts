import { status } from '@grpc/grpc-js';
import { SamplingDecision } from '@opentelemetry/sdk-trace-node';
import type { RpcInfo, TracingOptions } from '../../lib/index.js';
import { invoke, type Shape } from '../../tools/invoke.js';
import { DecidingSampler } from '../helpers/deciding-sampler.js';
import { useEcho } from '../helpers/echo.js';
import { behave } from '../helpers/echo-handlers.js';
import { expectedSeries } from '../helpers/expected-series.js';
import { expectedSpan, type ExpectedOutcome } from '../helpers/expected-span.js';
import { Measurements } from '../helpers/measurements.js';
import type { PlainSpan } from '../helpers/plain-span.js';
import { callsOver, firstSpan, SIDES, SIDES_AND_SHAPES, tracingOn } from '../helpers/sides.js';
import { Telemetry } from '../helpers/telemetry.js';

const echo = useEcho();

/** The span of a call with this outcome, as one that failed or as one that did not. */
function judged(
  failed: boolean,
  side: 'client' | 'server',
  shape: Shape,
  { code, details }: ExpectedOutcome,
  port: number,
): PlainSpan {
  const span = expectedSpan(side, shape, { code, details }, port);
  const attributes = Object.fromEntries(Object.entries(span.attributes).filter(([key]) => key !== 'error.type'));
  const name = status[code] ?? String(code);
  return failed
    ? {
        ...span,
        attributes: { ...attributes, 'error.type': name },
        status: { code: 'ERROR', message: details },
        events: [{ name: 'exception', attributes: { 'exception.type': name, 'exception.message': details } }],
      }
    : { ...span, attributes, status: { code: 'UNSET' }, events: [] };
}

describe.each(SIDES_AND_SHAPES)('isError of the %s decides span and metric together: %s', (side, shape) => {
  it.each<[code: number, failed: boolean]>([
    [status.OK, true],
    [status.NOT_FOUND, true],
    [status.NOT_FOUND, false],
    [status.INTERNAL, true],
    [status.INTERNAL, false],
    [42, true],
    [42, false],
  ])('a call that ends with %i failed: %s', async (code, failed) => {
    const measurements = new Measurements();
    const isError = (_rpc: RpcInfo, ended: number): boolean => ended === code && failed;
    const rig = await echo.start(tracingOn(side, { isError, meterProvider: measurements.provider }));
    const behaviour = code === 0 ? 'ok' : (`code ${code}` as const);
    const { details } = await invoke(rig.client, shape, { metadata: behave(behaviour) }).result;
    const outcome = { code, details: code === 0 ? 'OK' : details };
    expect(await firstSpan(rig, side)).toEqual(judged(failed, side, shape, outcome, rig.port));
    expect(await measurements.series(1)).toEqual(expectedSeries(side, shape, { code, failed }, rig.port));
  });
});

describe.each(SIDES)('isError, on the %s', (side) => {
  it('is asked once per call, about the method and the code', async () => {
    const isError = jest.fn<boolean, [RpcInfo, number]>(() => false);
    const { provider } = new Measurements();
    const rig = await echo.start(tracingOn(side, { isError, meterProvider: provider }));
    await invoke(rig.client, 'Unary').result;
    await invoke(rig.client, 'Unary', { metadata: behave('code 5') }).result;
    await callsOver(rig);
    const rpc = {
      side,
      service: 'test.Echo',
      method: 'Unary',
      fullMethod: 'test.Echo/Unary',
      requestStream: false,
      responseStream: false,
    };
    expect(isError.mock.calls).toEqual([
      [rpc, status.OK],
      [rpc, status.NOT_FOUND],
    ]);
    expect(isError.mock.calls[0]?.[0]).toBe(isError.mock.calls[1]?.[0]);
  });

  it('decides the metric of a call that is not sampled', async () => {
    const measurements = new Measurements();
    const options = { isError: () => true, meterProvider: measurements.provider };
    const telemetry = new Telemetry(new DecidingSampler(SamplingDecision.NOT_RECORD));
    const rig = await echo.start(tracingOn(side, options, telemetry));
    await invoke(rig.client, 'Unary').result;
    expect(await measurements.series(1)).toEqual(
      expectedSeries(side, 'Unary', { code: status.OK, failed: true }, rig.port),
    );
  });

  it('is not asked where nobody would see the answer', async () => {
    const isError = jest.fn<boolean, []>(() => true);
    const telemetry = new Telemetry(new DecidingSampler(SamplingDecision.NOT_RECORD));
    const rig = await echo.start(tracingOn(side, { isError }, telemetry));
    await invoke(rig.client, 'Unary').result;
    await callsOver(rig);
    expect(isError).not.toHaveBeenCalled();
  });

  // What TypeScript lets pass where a type is lost on the way.
  const untyped = (fn: () => unknown): TracingOptions['isError'] => fn as () => boolean;

  describe.each<[what: string, isError: TracingOptions['isError'], told: readonly string[]]>([
    [
      'throws',
      untyped(() => {
        throw new Error('isError');
      }),
      ['isError threw'],
    ],
    ['returns a promise', untyped(() => Promise.resolve(true)), ['isError must be synchronous']],
    [
      'rejects',
      untyped(() => Promise.reject(new Error('isError'))),
      ['isError must be synchronous', 'isError rejected'],
    ],
  ])('leaves it to the conventions when it %s', (_what, isError, told) => {
    it.each([
      ['ok', status.OK, { client: false, server: false }],
      ['code 5', status.NOT_FOUND, { client: true, server: false }],
      ['code 13', status.INTERNAL, { client: true, server: true }],
    ] as const)('%s', async (behaviour, code, failed) => {
      const measurements = new Measurements();
      const rig = await echo.start(tracingOn(side, { isError, meterProvider: measurements.provider }));
      const { details } = await invoke(rig.client, 'Unary', { metadata: behave(behaviour) }).result;
      const outcome = { code, details: code === status.OK ? 'OK' : details };
      expect(await firstSpan(rig, side)).toEqual(expectedSpan(side, 'Unary', outcome, rig.port));
      expect(await measurements.series(1)).toEqual(
        expectedSeries(side, 'Unary', { code, failed: failed[side] }, rig.port),
      );
      expect(echo.takeDiagLines()).toEqual(told.map((line) => `grpc-js-opentelemetry: ${line}`));
    });
  });
});
