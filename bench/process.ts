import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Allocation, Figures, Plan, Timings } from './plan.js';
import type { Task } from './task.js';

/** A Node to measure on. */
export interface NodeProgram {
  readonly version: string;
  readonly executable: string;
}

/**
 * Times are taken with the young generation that Node has by default, as in production. Allocations want one that no
 * collection empties while they are counted.
 */
const FLAGS = {
  timings: [],
  allocations: ['--min-semi-space-size=256', '--max-semi-space-size=256'],
} as const;

/** One run of a plan: one process for its times, one for its allocations. */
export async function runPlan(node: NodeProgram, plan: Plan): Promise<readonly Figures[]> {
  // What the child sends, by the kind of its task.
  const timings = (await runChild(node, { kind: 'timings', plan })) as readonly Timings[];
  const allocations = (await runChild(node, { kind: 'allocations', plan })) as readonly Allocation[];
  const bytesOf = (name: string): number | undefined =>
    allocations.find((allocation) => allocation.name === name)?.bytesPerCall;
  return timings.map((figures) => {
    const [bytesPerCall, base] = [bytesOf(figures.name), bytesOf(figures.over.base)];
    const overBytes = bytesPerCall === undefined || base === undefined ? undefined : bytesPerCall - base;
    return { ...figures, bytesPerCall, overBytes };
  });
}

function runChild(node: NodeProgram, task: Task): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = fork(join(__dirname, 'child.ts'), [], {
      execPath: node.executable,
      execArgv: ['--expose-gc', ...FLAGS[task.kind], '--import', 'tsx'],
      // Without the mapping of the package's name to its sources: the built package is measured, as users run it.
      env: { ...process.env, TSX_TSCONFIG_PATH: join(__dirname, 'tsconfig.json') },
    });
    let results: unknown;
    child.on('message', (message) => (results = message));
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0 && results !== undefined) resolve(results);
      else reject(new Error(`the measuring process ended with ${String(code)}`));
    });
    child.send(task);
  });
}
