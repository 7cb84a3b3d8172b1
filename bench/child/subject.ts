import type { Task } from '../task.js';
import { runLoad } from './run-load.js';
import { counts, settle } from './settle.js';
import type { Sdk } from './telemetry.js';
import type { World } from './world.js';

/** A variant that runs. */
export interface Subject {
  readonly task: Task;
  /** Undefined where there is none. */
  readonly sdk: Sdk | undefined;
  readonly world: World;
}

/** Makes calls, and waits until all that they have caused is over. */
export async function makeCalls({ task, sdk, world }: Subject, calls: number, inFlight = task.inFlight): Promise<void> {
  const before = counts(sdk);
  await runLoad(world.caller, task.load, calls, inFlight);
  await settle(task, calls, sdk, before);
}
