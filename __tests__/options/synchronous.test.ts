import { status } from '@grpc/grpc-js';
import type { ServerTracingOptions } from '../../lib/index.js';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { useEcho } from '../helpers/echo.js';
import { Measurements } from '../helpers/measurements.js';
import { SIDES, telemetryOf, tracingOn } from '../helpers/sides.js';

const echo = useEcho();

const OPTIONS = ['filter', 'attributes', 'startHook', 'endHook', 'isError', 'metricAttributes'] as const;
const SIDES_AND_OPTIONS = [
  ...SIDES.flatMap((side) => OPTIONS.map((option) => [side, option] as const)),
  ['server', 'trustIncoming'] as const,
];

/** How `diag` calls them. */
const calledOf = (option: string): string => (option === 'filter' ? 'the filter' : option);

const unhandled: unknown[] = [];
const note = (error: unknown): void => void unhandled.push(error);
beforeAll(() => {
  process.on('unhandledRejection', note);
});
afterAll(() => {
  process.off('unhandledRejection', note);
});

/** A rejection that nobody handles is one when the loop has turned. */
const turned = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

// What a compiler makes of an async function for older targets says nothing of itself; the types are lost on the way.
const promising = (answer: () => Promise<unknown>): never => (() => answer()) as never;

describe.each(SIDES_AND_OPTIONS)('of the %s, a %s that promises', (side, option) => {
  it('and rejects ends no process: asynchronous is told once, each rejection as it comes, and calls go on', async () => {
    const options: ServerTracingOptions = { [option]: promising(() => Promise.reject(new Error('later'))) };
    const measurements = new Measurements();
    const rig = await echo.start(tracingOn(side, { ...options, meterProvider: measurements.provider }));
    for (const shape of SHAPES) expect((await invoke(rig.client, shape).result).code).toBe(status.OK);
    await telemetryOf(rig, side).spans(SHAPES.length);
    await turned();
    expect(unhandled).toEqual([]);
    const what = `grpc-js-opentelemetry: ${calledOf(option)}`;
    const told = echo.takeDiagLines();
    expect(told.filter((line) => line === `${what} must be synchronous`)).toHaveLength(1);
    expect(told.filter((line) => line === `${what} rejected`)).toHaveLength(SHAPES.length);
    expect(told).toHaveLength(1 + SHAPES.length);
  });
});
