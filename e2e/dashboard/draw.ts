import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../tools/places.js';
import { runOnStage } from '../../tools/run-on-stage.js';
import { readDashboard } from './dashboard.js';
import { drawings } from './drawings.js';
import { picture } from './picture.js';
import { requirePrometheus } from './prometheus.js';
import { startTrial } from './trial.js';

/** Trouble comes in spells of ten seconds. */
const SCRAPES = [15, 30, 45, 60];

/** `npm run dashboard:picture`: writes docs/dashboard.svg, the panels of a minute of the service that is in trouble. */
runOnStage('picture', async (stage) => {
  await requirePrometheus();
  const trial = await startTrial(stage);
  for (const times of SCRAPES) await trial.scraped(times);
  const drawn = await drawings(await readDashboard(), trial, { job: 'troubled' });
  await writeFile(join(ROOT, 'docs/dashboard.svg'), picture(drawn));
}).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
