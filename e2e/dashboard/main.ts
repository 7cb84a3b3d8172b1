import { deepStrictEqual } from 'node:assert/strict';
import { runOnStage } from '../../tools/run-on-stage.js';
import { checkAlerts } from './alerts.js';
import { readDashboard } from './dashboard.js';
import { drawings, type Drawing } from './drawings.js';
import { jobsOf } from './jobs.js';
import { requirePrometheus } from './prometheus.js';
import { checkRules } from './promtool.js';
import { startTrial } from './trial.js';

/** As many as rates and quantiles need, and some for a machine that is busy. */
const SCRAPES = 10;

/** `npm run example:dashboard`: every query and every rule, against a real Prometheus. */
runOnStage('dashboard', async (stage) => {
  await requirePrometheus();
  await checkRules(stage);
  const dashboard = await readDashboard();
  const trial = await startTrial(stage);
  await trial.scraped(SCRAPES);

  const [plain, withUnit] = jobsOf('troubled');
  const drawn = await drawings(dashboard, trial, { job: plain });
  deepStrictEqual((await drawings(dashboard, trial, { job: withUnit })).map(namesIn), drawn.map(namesIn));
  await drawings(dashboard, trial);
  stage.step(`${drawn.length} panels: no query is empty, whatever the names`);
  const alerts = await checkAlerts(trial.api);
  stage.step(`${alerts.size} rules: each holds for whom it should, and for nobody else`);

  console.log(`\n${plain}:`);
  for (const { panel, lines } of drawn) console.log(`  ${panel.title.padEnd(24)} ${lines.length} lines`);
  console.log();
  for (const [rule, service] of alerts) console.log(`  ${rule.padEnd(24)} holds for ${service}`);
}).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

function namesIn({ lines }: Drawing): readonly string[] {
  return lines.map(({ name }) => name).toSorted();
}
