import { runTool } from '../../tools/run-tool.js';
import type { PartStage } from '../../tools/run-on-stage.js';
import { EXAMPLE } from './places.js';

/** Prometheus' own verdict on the rules, and their tests. @throws with what it says where it is not good */
export async function checkRules(stage: PartStage): Promise<void> {
  await runTool(stage, 'promtool', ['check', 'rules', '--lint-fatal', 'alerts.yaml'], { cwd: EXAMPLE });
  stage.step('promtool takes the rules');
  await runTool(stage, 'promtool', ['test', 'rules', 'alerts.test.yaml'], { cwd: EXAMPLE });
  stage.step("the rules' tests pass");
}
