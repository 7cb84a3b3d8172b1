import { join } from 'node:path';
import { inChild, type NodeProgram } from './in-child.js';
import type { Allocation, Figures, Plan, Timings } from './plan.js';
import type { Task } from './task.js';
import type { VariantName } from './variant-names.js';

/**
 * Times are taken with the young generation that Node has by default, as in production. Allocations want one that no
 * collection empties while they are counted.
 */
const FLAGS = {
  timings: [],
  allocations: ['--min-semi-space-size=256', '--max-semi-space-size=256'],
} as const;

/** One run of a plan: one process for its times, one for its allocations. */
export async function runPlan(
  node: NodeProgram,
  plan: Plan,
  variants: readonly VariantName[],
): Promise<readonly Figures[]> {
  const ask = (kind: Task['kind']): Promise<unknown> =>
    inChild(node, join(__dirname, 'child.ts'), FLAGS[kind], { kind, plan, variants } satisfies Task);
  // What the child answers, by the kind of its task.
  const timings = (await ask('timings')) as readonly Timings[];
  const allocations = (await ask('allocations')) as readonly Allocation[];
  const bytesOf = (name: string): number | undefined =>
    allocations.find((allocation) => allocation.name === name)?.bytesPerCall;
  return timings.map((figures) => {
    const [bytesPerCall, base] = [bytesOf(figures.name), bytesOf(figures.over.base)];
    const overBytes = bytesPerCall === undefined || base === undefined ? undefined : bytesPerCall - base;
    return { ...figures, bytesPerCall, overBytes };
  });
}
