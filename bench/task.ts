import type { Plan } from './plan.js';
import type { VariantName } from './variant-names.js';

/** What the parent asks one child process for. */
export interface Task {
  readonly kind: 'timings' | 'allocations';
  readonly plan: Plan;
  readonly variants: readonly VariantName[];
}
