import type { Plan } from './plan.js';

/** What the parent asks one child process for. */
export interface Task {
  readonly kind: 'timings' | 'allocations';
  readonly plan: Plan;
}
