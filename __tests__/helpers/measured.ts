import type { Attributes } from '@opentelemetry/api';
import type { TracingOptions } from '../../lib/options/options.js';
import type { Shape } from '../../tools/invoke.js';
import type { EchoRig, EchoSetup, useEcho } from './echo.js';
import { Measurements, onePoint, secondsOf, type Point } from './measurements.js';
import type { Telemetry } from './telemetry.js';

export const SIDES = ['client', 'server'] as const;
export type Side = (typeof SIDES)[number];

export const NAMES = { client: 'rpc.client.call.duration', server: 'rpc.server.call.duration' };

/** In seconds; those of the conventions. */
export const BOUNDARIES = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** A rig of which one side is measured. */
interface MeasuredRig {
  readonly rig: EchoRig;
  readonly measurements: Measurements;
  /** Of that side. */
  readonly telemetry: Telemetry;
  /** What the spans of that side say they took, once `count` of them have ended. */
  readonly spanSeconds: (count: number) => Promise<number[]>;
}

export async function measured(
  echo: ReturnType<typeof useEcho>,
  side: Side,
  options: TracingOptions = {},
  setup: EchoSetup = {},
): Promise<MeasuredRig> {
  const measurements = new Measurements();
  const tracing = { meterProvider: measurements.provider, ...options };
  const tracings: Record<Side, EchoSetup> = { client: { clientTracing: tracing }, server: { serverTracing: tracing } };
  const rig = await echo.start({ ...setup, ...tracings[side] });
  const telemetry = { client: rig.clientTelemetry, server: rig.serverTelemetry }[side];
  const spanSeconds = async (count: number): Promise<number[]> =>
    (await telemetry.spans(count)).map(({ duration }) => secondsOf(duration));
  return { rig, measurements, telemetry, spanSeconds };
}

/** All that is to be measured of one call of the rig's service. */
export function expectedPoints(
  side: Side,
  shape: Shape,
  port: number,
  outcome: Attributes,
  seconds = NaN,
): Record<string, Point[]> {
  const call = { 'rpc.system.name': 'grpc', 'rpc.method': `test.Echo/${shape}` };
  const attributes = {
    client: { ...call, 'server.address': '127.0.0.1', 'server.port': port, ...outcome },
    server: { ...call, ...outcome },
  };
  return { [NAMES[side]]: [{ attributes: attributes[side], value: onePoint(BOUNDARIES, seconds) }] };
}
