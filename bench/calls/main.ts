import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../../tools/places.js';
import { SDK_2 } from '../../tools/sdks.js';
import { table } from '../../tools/table.js';
import { askChild } from '../child-process.js';
import { SAMPLINGS, samplingOf } from '../sampling.js';
import { Stage } from '../stage.js';
import type { CallFigures } from './child.js';

/*
 * The interceptors alone: a call that has no network below it, beside the calls of OpenTelemetry that it comes down to.
 *
 *   npm run bench:calls -- [--sampling sampled] [--profile]    the profiles are in reports/
 */

const FLAGS = ['--expose-gc', '--min-semi-space-size=64', '--max-semi-space-size=64'];
const PROFILE = ['--cpu-prof', '--heap-prof', '--diagnostic-dir=reports'];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { sampling: { type: 'string', multiple: true }, profile: { type: 'boolean', default: false } },
  });
  const args = values.profile ? [...FLAGS, ...PROFILE] : FLAGS;
  const rows: string[][] = [];
  const stage = await Stage.create(SDK_2, ROOT);
  try {
    const script = await stage.script(join(__dirname, 'child.ts'));
    for (const sampling of values.sampling?.map(samplingOf) ?? SAMPLINGS) {
      // What the child sends.
      const figures = (await askChild(
        { executable: process.execPath, args },
        script,
        sampling,
      )) as readonly CallFigures[];
      for (const { side, by, nanoseconds, bytes } of figures) {
        rows.push([sampling, side, by, nanoseconds.toFixed(0), bytes.toFixed(0)]);
      }
    }
  } finally {
    await stage.remove();
  }
  console.log(table(['sampling', 'side', 'by', 'ns/call', 'bytes/call'], rows));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
