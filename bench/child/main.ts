import type { Task } from '../task.js';
import { bytesPerCall } from './bytes.js';
import { cpuPerCall } from './cpu.js';
import { startTelemetry } from './telemetry.js';
import { startVariant } from './variants.js';
import { verify } from './verify.js';

/* One process that holds client and server of one variant, measures one thing and ends. */

async function run(task: Task): Promise<number | null> {
  const telemetry = startTelemetry(task.sampling);
  const subject = { task, sdk: telemetry.sdk, world: await startVariant(task.variant, telemetry.sdk) };
  await verify(subject);
  const measured = await (task.kind === 'cpu' ? cpuPerCall(subject) : bytesPerCall(subject));
  subject.world.close();
  await telemetry.shutdown();
  return measured;
}

process.once('message', (task) => {
  // The parent sends this and nothing else.
  run(task as Task).then(
    (measured) => process.send?.(measured, () => process.disconnect()),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
