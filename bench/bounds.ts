import type { Sampling } from './sampling.js';
import type { Range } from './statistics.js';
import type { Result, Summary } from './summary.js';
import type { VariantName } from './variant-names.js';

/** `unclear`: above what code by hand adds, but by less than the bare call differs from itself. */
export type Verdict = 'pass' | 'fail' | 'unclear' | 'not measured';

export interface Check {
  readonly what: string;
  readonly node: string;
  readonly value: Range | undefined;
  readonly limit: number;
  readonly verdict: Verdict;
}

/** Where Node's `AsyncLocalStorage` no longer hooks into every async resource, the bare call and all others are cheaper. */
const FIRST_NODE_WITHOUT_HOOKS = 24;

const SHARES_OF_AUTO: Readonly<Record<Sampling, readonly [withHooks: number, without: number]>> = {
  sampled: [0.25, 0.35],
  unsampled: [0.2, 0.3],
  'no SDK': [0.05, 0.05],
};
const STREAM_SHARE_OF_AUTO = 0.2;
const SHARE_OF_BY_HAND = 1.1;
const METRICS_MICROS = 10;
const BYTES_SHARE_OF_BY_HAND = 1.2;

/** What the package promises of unary calls with 32 in flight, and of streams of 10,000 messages. */
export function checks(results: readonly Result[]): readonly Check[] {
  return results.flatMap((result) => {
    if (result.load === 'unary' && result.inFlight === 32) return unaryChecks(result);
    return result.load === 'server stream of 10000' && result.sampling === 'sampled' ? streamChecks(result) : [];
  });
}

function unaryChecks(result: Result): Check[] {
  const { sampling, node } = result;
  const [withHooks, without] = SHARES_OF_AUTO[sampling];
  const limit = Number.parseInt(node) < FIRST_NODE_WITHOUT_HOOKS ? withHooks : without;
  const bytes = find(result, 'ours')?.bytesToByHand;
  const list = [
    autoCheck(result, sampling, limit),
    byHandCheck(result, sampling),
    plainCheck(result, `${sampling}: bytes over bare, of by hand's`, bytes, BYTES_SHARE_OF_BY_HAND),
  ];
  if (sampling === 'no SDK') return list;
  const onTop = find(result, 'ours + metrics')?.onTopMicros;
  return [...list, plainCheck(result, `${sampling}: metrics on top, µs`, onTop, METRICS_MICROS)];
}

/** All variants have as many messages, so the ratio of the calls is that of the messages. */
function streamChecks(result: Result): Check[] {
  return [autoCheck(result, result.load, STREAM_SHARE_OF_AUTO), byHandCheck(result, result.load)];
}

function plainCheck({ node }: Result, what: string, value: Range | undefined, limit: number): Check {
  if (value === undefined) return { what, node, value, limit, verdict: 'not measured' };
  return { what, node, value, limit, verdict: value.median <= limit ? 'pass' : 'fail' };
}

function autoCheck(result: Result, what: string, limit: number): Check {
  return plainCheck(result, `${what}: over bare, of auto's`, find(result, 'ours')?.toAuto, limit);
}

/** What is added over bare, as a share of what code by hand adds, which may be less than the noise. */
function byHandCheck(result: Result, what: string): Check {
  const [ours, theirs] = [find(result, 'ours'), find(result, 'by hand')];
  const strict = plainCheck(result, `${what}: over bare, of by hand's`, ours?.toByHand, SHARE_OF_BY_HAND);
  if (ours === undefined || theirs === undefined || strict.verdict === 'pass') return strict;
  const above = ours.overMicros.median - SHARE_OF_BY_HAND * theirs.overMicros.median;
  if (above <= 0) return { ...strict, verdict: 'pass' };
  return { ...strict, verdict: above <= result.noiseMicros ? 'unclear' : 'fail' };
}

function find({ figures }: Result, name: VariantName): Summary | undefined {
  return figures.find((candidate) => candidate.name === name);
}
