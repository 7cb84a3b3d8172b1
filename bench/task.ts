import type { Load } from './load.js';
import type { Sampling } from './sampling.js';
import type { VariantName } from './variant-names.js';

/** What one process is asked for. It answers with a number, or with null where nothing could be measured. */
export interface Task {
  /** CPU in µs, or bytes of JavaScript objects; both per call. */
  readonly kind: 'cpu' | 'bytes';
  readonly variant: VariantName;
  readonly sampling: Sampling;
  readonly load: Load;
  readonly inFlight: number;
  /** Of each slice. */
  readonly calls: number;
}
