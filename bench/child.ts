import { allocations } from './allocations.js';
import { measure, type Contestant } from './measure.js';
import type { Task } from './task.js';
import { startTelemetry } from './telemetry.js';
import { variants } from './variants.js';
import { verify } from './verify.js';

/*
 * One process that holds client and server of all variants and measures one thing. A fresh one for each, so that what the
 * compiler has learned from spans that record is not carried into the calls that have none.
 */

async function run({ kind, plan, variants: wanted }: Task): Promise<readonly unknown[]> {
  const telemetry = startTelemetry(plan.sampling);
  const { sdk } = telemetry;
  const contestants: Contestant[] = [];
  for (const variant of variants(sdk?.meterProvider).filter(({ name }) => wanted.includes(name))) {
    const world = await variant.start();
    contestants.push({ variant, world });
    await verify(variant, world, plan, sdk);
  }
  const results =
    kind === 'timings'
      ? await measure(contestants, plan, sdk, (done) => progress(`${done}/${plan.rounds} rounds`))
      : await allocations(contestants, plan, sdk);
  if (kind === 'allocations') progress('');
  for (const { world } of contestants) world.close();
  await telemetry.shutdown();
  return results;
}

/** On the line that the parent has begun. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${text.padEnd(20)}\r`);
}

process.once('message', (task) => {
  // The parent sends this and nothing else.
  run(task as Task).then(
    (results) => process.send?.(results, () => process.disconnect()),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
