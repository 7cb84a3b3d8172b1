import { parseArgs } from 'node:util';
import { loadOf, messagesOf, type Load } from './load.js';
import type { Plan } from './plan.js';
import { SAMPLINGS, samplingOf, type Sampling } from './sampling.js';
import { baseOf, ON_TOP_OF, VARIANT_NAMES, variantNameOf, type VariantName } from './variant-names.js';

export const USAGE = `npm run bench -- [options]

Without --load and --in-flight: all that is measured regularly. With them: every combination of what is given.

  --load       unary | server stream of N | bidi of N (several times)
  --in-flight  calls at a time (several times)
  --sampling   sampled | unsampled | no SDK (several times); default: all three
  --variant    what to measure (several times), beside bare calls; default: all
  --check      measure what the bounds are about, and print them; the exit code says whether they hold
  --repeat N   whole runs, each in fresh processes; default: 1
  --node LIST  majors of Node, such as 20,22,24, installed from npm packages; default: the Node that runs this
  --rounds N   default: 80
  --calls N    calls per round; default: by the length of the call
  --json FILE  the figures`;

export interface BenchArguments {
  readonly plans: readonly Plan[];
  readonly variants: readonly VariantName[];
  readonly repeat: number;
  /** None = the Node that runs this. */
  readonly nodes: readonly number[];
  readonly json: string | undefined;
  readonly check: boolean;
}

type Kind = readonly [load: Load, inFlight: number];

// Long streams are one at a time: together they would only wait for each other.
const REGULAR: readonly Kind[] = [
  ['unary', 1],
  ['unary', 32],
  ['unary', 256],
  ['server stream of 100', 32],
  ['server stream of 10000', 1],
  ['bidi of 100', 32],
];
const CHECKED: readonly Kind[] = [
  ['unary', 32],
  ['server stream of 10000', 1],
];

/** @throws TypeError for what is not an option or has no such value; undefined where help is wanted. */
export function benchArguments(argv: readonly string[]): BenchArguments | undefined {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      load: { type: 'string', multiple: true },
      'in-flight': { type: 'string', multiple: true },
      sampling: { type: 'string', multiple: true },
      variant: { type: 'string', multiple: true },
      check: { type: 'boolean', default: false },
      repeat: { type: 'string', default: '1' },
      node: { type: 'string', default: '' },
      rounds: { type: 'string', default: '80' },
      calls: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const { load, 'in-flight': inFlight, calls } = values;
  const samplings = values.sampling?.map(samplingOf) ?? SAMPLINGS;
  const rounds = positive('rounds', values.rounds);
  const plans = kinds(load, inFlight, values.check).flatMap((kind) =>
    samplings
      .filter((sampling) => !values.check || isChecked(kind, sampling))
      .map((sampling): Plan => {
        const callsPerRound = calls === undefined ? callsOf(kind[0]) : positive('calls', calls);
        return { sampling, load: kind[0], inFlight: kind[1], callsPerRound, rounds };
      }),
  );
  return {
    plans,
    variants: variantsOf(values.variant),
    repeat: positive('repeat', values.repeat),
    nodes: values.node === '' ? [] : values.node.split(',').map((major) => positive('node', major)),
    json: values.json,
    check: values.check,
  };
}

function kinds(loads: string[] | undefined, inFlights: string[] | undefined, check: boolean): readonly Kind[] {
  if (loads === undefined && inFlights === undefined) return check ? CHECKED : REGULAR;
  return (loads ?? ['unary']).flatMap((load) =>
    (inFlights ?? ['32']).map((inFlight): Kind => [loadOf(load), positive('in-flight', inFlight)]),
  );
}

/** With what they are told over, and the calls that tell the noise. */
function variantsOf(names: string[] | undefined): readonly VariantName[] {
  if (names === undefined) return VARIANT_NAMES;
  const given = names.map(variantNameOf);
  const toldOver = given.flatMap((name) => [baseOf(name), ON_TOP_OF[name]]);
  const wanted = new Set<VariantName | undefined>(['bare', 'bare again', ...given, ...toldOver]);
  return VARIANT_NAMES.filter((name) => wanted.has(name));
}

/** Of streams, only the sampled ones have a bound. */
function isChecked([load]: Kind, sampling: Sampling): boolean {
  return load === 'unary' || sampling === 'sampled';
}

/** A round is to take about a tenth of a second: what disturbs the machine for longer than that disturbs all variants. */
function callsOf(load: Load): number {
  return Math.max(1, Math.min(300, Math.round(10_000 / messagesOf(load))));
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new TypeError(`--${option} is a number above 0, not ${text}`);
  return value;
}
