import type { Outlet } from './outlet.js';
import type { SpanRecorder } from './span-recorder.js';
import { startSystem } from './system.js';
import { startTelemetry, type Telemetry } from './telemetry.js';
import { visit } from './visitor.js';

/** How long a span may stay open after its call; then it is shown as open. */
const PATIENCE_MILLIS = 2000;

/** What is left when all calls are over. */
export interface FinishedRun {
  /** Why the visit failed, if it did. */
  readonly failure: string | undefined;
  /** Sends what has been recorded; resolves when it has been delivered or given up. */
  readonly shutdown: () => Promise<void>;
}

/** Starts the services and makes the visitor's call. Needs a context manager, which is for the program to choose. */
export async function runDemo(
  recorder: SpanRecorder,
  outlets: readonly Outlet[],
  interrupted: AbortSignal,
): Promise<FinishedRun> {
  const telemetries: Telemetry[] = [];
  const start = (serviceName: string): Telemetry => {
    const telemetry = startTelemetry(serviceName, recorder, outlets);
    telemetries.push(telemetry);
    return telemetry;
  };

  const system = await startSystem(start);
  const failure = await visit(system.frontendAddress, start('visitor'), interrupted);
  await system.stop();
  // The server span of a cancelled call ends after the client's.
  await recorder.allEnded(PATIENCE_MILLIS);
  return {
    failure,
    shutdown: async () => {
      await Promise.all(telemetries.map((telemetry) => telemetry.shutdown()));
    },
  };
}
