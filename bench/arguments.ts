import { parseArgs } from 'node:util';
import { loadOf, messagesOf, type Load } from './load.js';
import { SAMPLINGS, samplingOf, type Sampling } from './sampling.js';
import { sdkMajorOf, type SdkMajor } from './setting.js';
import { VARIANT_NAMES, variantNameOf, type VariantName } from './variant-names.js';

export const USAGE = `npm run bench -- [options]

Measures every combination of what is given; several times means that the option may be repeated.

  --variant    what to measure, beside bare calls (several times); default: all
  --load       unary | server stream of N | bidi of N (several times); default: unary
  --in-flight  calls at a time (several times); default: 32, of streams of 1,000 messages or more 1
  --sampling   sampled | unsampled | no SDK (several times); default: all three
  --node LIST  majors of Node, such as 20,22,24, installed from npm packages; default: the Node that runs this
  --sdk        2 | 3 (several times); 3 on Nodes from 22.15 only; default: 2
  --lib DIR    another build of this package, measured beside this one
  --rounds N   processes of each variant; default: 15
  --calls N    of a slice: twelve warm up, eight are measured; default: 2000 (fewer unary ones are cold), of streams fewer
  --check      measure what the bounds are about; the exit code says whether one is broken
  --short      by hand, ours and auto, sampled and not, in 3 rounds: some five minutes on one Node
  --json FILE  the figures of each process, written after every round`;

export interface BenchArguments {
  readonly loads: readonly Load[];
  /** None = by the load. */
  readonly inFlights: readonly number[];
  readonly samplings: readonly Sampling[];
  /** By sampling: what is bounded is not the same in all. */
  readonly variants: (sampling: Sampling) => readonly VariantName[];
  /** Majors; none = the Node that runs this. */
  readonly nodes: readonly number[];
  readonly sdks: readonly SdkMajor[];
  readonly lib: string | undefined;
  readonly rounds: number;
  readonly calls: (load: Load) => number;
  readonly check: boolean;
  readonly json: string | undefined;
}

/** What the bounds and the picture are about, and what nobody who traces by interceptors can go below. */
const BOUNDED: Readonly<Record<Sampling, readonly VariantName[]>> = {
  sampled: [
    'bare',
    'empty interceptors',
    'header alone',
    'spans alone',
    'records alone',
    'by hand',
    'ours',
    'ours + metrics',
    'auto',
  ],
  unsampled: ['bare', 'spans alone', 'by hand', 'ours', 'auto'],
  'no SDK': ['bare', 'by hand', 'ours', 'auto'],
};

const REGULAR = { rounds: 15, samplings: SAMPLINGS };
/** Fewer calls would not be warm. */
const SHORT = {
  rounds: 3,
  samplings: ['sampled', 'unsampled'],
  variants: ['bare', 'by hand', 'ours', 'auto'],
} as const;
const CALLS = 2000;
/** Of a slice of streams. They take some 15 µs each, so it lasts about as long as one of unary calls. */
const STREAM_MESSAGES = 30_000;

/** @throws TypeError for what is not an option or has no such value; undefined where help is wanted. */
export function benchArguments(argv: readonly string[]): BenchArguments | undefined {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      load: { type: 'string', multiple: true, default: ['unary'] },
      'in-flight': { type: 'string', multiple: true, default: [] },
      sampling: { type: 'string', multiple: true },
      variant: { type: 'string', multiple: true },
      node: { type: 'string', default: '' },
      sdk: { type: 'string', multiple: true, default: ['2'] },
      lib: { type: 'string' },
      rounds: { type: 'string' },
      calls: { type: 'string' },
      check: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const { short, check, calls, variant } = values;
  const usual = short ? SHORT : REGULAR;
  const callsOfSlice = calls === undefined ? undefined : positive('calls', calls);
  return {
    loads: values.load.map(loadOf),
    inFlights: values['in-flight'].map((text) => positive('in-flight', text)),
    samplings: values.sampling?.map(samplingOf) ?? usual.samplings,
    variants: variantsOf(variant?.map(variantNameOf), { short, check }),
    nodes: values.node === '' ? [] : values.node.split(',').map((major) => positive('node', major)),
    sdks: values.sdk.map(sdkMajorOf),
    lib: values.lib,
    rounds: values.rounds === undefined ? usual.rounds : positive('rounds', values.rounds),
    calls: (load) => callsOfSlice ?? callsOf(load),
    check,
    json: values.json,
  };
}

/** With the bare calls that all are told over. */
function variantsOf(
  given: readonly VariantName[] | undefined,
  { short, check }: { readonly short: boolean; readonly check: boolean },
): BenchArguments['variants'] {
  if (given !== undefined) return () => VARIANT_NAMES.filter((name) => name === 'bare' || given.includes(name));
  if (short) return () => SHORT.variants;
  return (sampling) => (check ? BOUNDED[sampling] : VARIANT_NAMES);
}

function callsOf(load: Load): number {
  if (load === 'unary') return CALLS;
  const directions = load.startsWith('bidi') ? 2 : 1;
  const calls = STREAM_MESSAGES / (messagesOf(load) * directions);
  return Math.max(1, Math.min(CALLS, Math.round(calls)));
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new TypeError(`--${option} is a number above 0, not ${text}`);
  return value;
}
