import type { RpcSide, TracingOptions } from '../../lib/index.js';
import { SHAPES, type Shape } from '../../tools/invoke.js';
import type { EchoRig, EchoSetup } from './echo.js';
import { plainSpan, type PlainSpan } from './plain-span.js';
import { Telemetry } from './telemetry.js';

export const SIDES = ['client', 'server'] as const;

/** Rows for tests of what both sides do with every call shape. */
export const SIDES_AND_SHAPES: readonly (readonly [RpcSide, Shape])[] = SIDES.flatMap((side) =>
  SHAPES.map((shape) => [side, shape] as const),
);

/** A rig's setup that gives these options to one side. */
export function tracingOn(side: RpcSide, options: TracingOptions, telemetry = new Telemetry()): EchoSetup {
  return side === 'client'
    ? { clientTracing: options, clientTelemetry: telemetry }
    : { serverTracing: options, serverTelemetry: telemetry };
}

export function telemetryOf(rig: EchoRig, side: RpcSide): Telemetry {
  return side === 'client' ? rig.clientTelemetry : rig.serverTelemetry;
}

/** The first span that ended on a side, waited for. */
export async function firstSpan(rig: EchoRig, side: RpcSide): Promise<PlainSpan> {
  const [span] = await telemetryOf(rig, side).spans(1);
  if (span === undefined) throw new Error('no span');
  return plainSpan(span);
}

/** Resolves when the server is done with all calls, those that leave no span included. Ends the rig's first client. */
export async function callsOver(rig: EchoRig): Promise<void> {
  rig.client.close();
  await new Promise<void>((resolve, reject) => {
    rig.server.tryShutdown((error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
