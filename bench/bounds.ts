import type { Measurement } from './document.js';
import { difference, ratio } from './figures.js';
import type { Sampling } from './sampling.js';
import type { SdkMajor } from './setting.js';
import type { Estimate } from './statistics.js';
import { METRICS_BEYOND_RECORDS } from './summary.js';

/** `unclear`: the limit is within the interval, so that more rounds are wanted. */
export type Verdict = 'pass' | 'fail' | 'unclear';

export interface Check {
  readonly what: string;
  readonly node: string;
  readonly sdk: SdkMajor;
  readonly value: Estimate;
  readonly limit: number;
  readonly verdict: Verdict;
}

interface Bound {
  readonly what: string;
  readonly sampling: Sampling;
  readonly limit: Limit;
  /** Undefined where a variant that it is about was not measured. */
  readonly value: (measurement: Measurement) => Estimate | undefined;
}

/** By Node. */
interface Limit {
  readonly withHooks: number;
  readonly without: number;
}

/** Where Node's `AsyncLocalStorage` no longer hooks into every async resource, the bare call and all others are cheaper. */
const FIRST_NODE_WITHOUT_HOOKS = 24;

const OURS = { ours: 1, bare: -1 };
const BY_HAND = { 'by hand': 1, bare: -1 };
const AUTO = { auto: 1, bare: -1 };
const OURS_OWN = { ours: 1, 'spans alone': -1 };
const AUTO_OWN = { auto: 1, 'spans alone': -1 };

/** What the package promises of unary calls with 32 in flight. */
const BOUNDS: readonly Bound[] = [
  {
    what: 'ours / by hand',
    sampling: 'sampled',
    limit: always(1.1),
    value: (measurement) => ratio(measurement, 'cpu', OURS, BY_HAND),
  },
  {
    what: 'ours / auto',
    sampling: 'sampled',
    limit: { withHooks: 0.5, without: 0.6 },
    value: (measurement) => ratio(measurement, 'cpu', OURS, AUTO),
  },
  {
    what: 'own, ours / auto',
    sampling: 'sampled',
    limit: { withHooks: 0.35, without: 0.4 },
    value: (measurement) => ratio(measurement, 'cpu', OURS_OWN, AUTO_OWN),
  },
  {
    what: 'metrics beyond records alone, µs',
    sampling: 'sampled',
    limit: always(1),
    value: (measurement) => difference(measurement, 'cpu', METRICS_BEYOND_RECORDS),
  },
  {
    what: 'bytes over bare, ours / by hand',
    sampling: 'sampled',
    limit: always(1.15),
    value: (measurement) => ratio(measurement, 'bytes', OURS, BY_HAND),
  },
  {
    what: 'ours / by hand',
    sampling: 'unsampled',
    limit: always(1.1),
    value: (measurement) => ratio(measurement, 'cpu', OURS, BY_HAND),
  },
  {
    what: 'ours over bare, µs',
    sampling: 'no SDK',
    limit: always(5),
    value: (measurement) => difference(measurement, 'cpu', OURS),
  },
];

function always(limit: number): Limit {
  return { withHooks: limit, without: limit };
}

export function checks(measurements: readonly Measurement[]): readonly Check[] {
  return measurements.filter(({ load, inFlight }) => load === 'unary' && inFlight === 32).flatMap(checksOf);
}

function checksOf(measurement: Measurement): readonly Check[] {
  const { node, sdk } = measurement;
  const key = Number.parseInt(node) < FIRST_NODE_WITHOUT_HOOKS ? 'withHooks' : 'without';
  return BOUNDS.filter(({ sampling }) => sampling === measurement.sampling).flatMap((bound): Check[] => {
    const value = bound.value(measurement);
    const limit = bound.limit[key];
    if (value === undefined) return [];
    return [{ what: `${bound.sampling}: ${bound.what}`, node, sdk, value, limit, verdict: verdictOf(value, limit) }];
  });
}

function verdictOf({ low, high }: Estimate, limit: number): Verdict {
  if (high <= limit) return 'pass';
  return low > limit ? 'fail' : 'unclear';
}
