import type { Figures, Plan, Run } from './plan.js';
import { median, rangeOf, type Range } from './statistics.js';
import type { VariantName } from './variant-names.js';

/** One variant's figures: medians of the runs. */
export interface Summary {
  readonly name: VariantName;
  readonly base: VariantName;
  readonly cpuMicros: number;
  readonly overMicros: Range;
  /** Within the runs: half the distance between the quartiles of the rounds. */
  readonly spreadMicros: number;
  /** What it adds to the variant that it is on top of. */
  readonly onTopMicros?: Range | undefined;
  /** What it adds as a share of what another one adds; undefined where that adds nothing that can be measured. */
  readonly toByHand?: Range | undefined;
  readonly toAuto?: Range | undefined;
  readonly callsPerSecond: number;
  readonly p50Millis: number;
  readonly p99Millis: number;
  readonly bytesPerCall: number | undefined;
  readonly overBytes: number | undefined;
  readonly bytesToByHand?: Range | undefined;
}

export interface Result extends Plan {
  readonly node: string;
  readonly runs: number;
  /** How far the bare call is from itself: in the median or, if that is more, in its spread. */
  readonly noiseMicros: number;
  readonly figures: readonly Summary[];
}

/** What the runs of each plan on each Node have found together. */
export function summarize(runs: readonly Run[]): readonly Result[] {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const key = [run.node, run.sampling, run.load, run.inFlight].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()].map(summarizeOne);
}

function summarizeOne(runs: readonly Run[]): Result {
  const [first] = runs;
  if (first === undefined) throw new Error('there are no runs');
  const { figures, ...plan } = first;
  return {
    ...plan,
    runs: runs.length,
    noiseMicros: median(runs.map(noiseOf)),
    figures: figures.map(({ name }) => summarizeVariant(name, runs)),
  };
}

function summarizeVariant(name: VariantName, runs: readonly Run[]): Summary {
  const all = runs.map((run) => find(run, name)).filter((figures) => figures !== undefined);
  const [first] = all;
  const overMicros = rangeOf(all.map(({ over }) => over.micros));
  if (first === undefined || overMicros === undefined) throw new Error(`there are no figures of ${name}`);
  const middle = (read: (figures: Figures) => number): number => median(all.map(read));
  const middleBytes = (read: (figures: Figures) => number | undefined): number | undefined =>
    rangeOf(all.map(read).filter((bytes) => bytes !== undefined))?.median;
  return {
    name,
    base: first.over.base,
    cpuMicros: middle(({ cpuMicros }) => cpuMicros),
    overMicros,
    spreadMicros: middle(({ over }) => over.spreadMicros),
    onTopMicros: rangeOf(all.map(({ onTop }) => onTop?.micros).filter((micros) => micros !== undefined)),
    toByHand: isTraced(first) ? ratios(runs, name, 'by hand', ({ over }) => over.micros) : undefined,
    toAuto: isTraced(first) ? ratios(runs, name, 'auto', ({ over }) => over.micros) : undefined,
    callsPerSecond: middle(({ callsPerSecond }) => callsPerSecond),
    p50Millis: middle(({ p50Millis }) => p50Millis),
    p99Millis: middle(({ p99Millis }) => p99Millis),
    bytesPerCall: middleBytes(({ bytesPerCall }) => bytesPerCall),
    overBytes: middleBytes(({ overBytes }) => overBytes),
    bytesToByHand: isTraced(first) ? ratios(runs, name, 'by hand', ({ overBytes }) => overBytes) : undefined,
  };
}

/** Of the same run: what disturbs a run disturbs both. */
function ratios(
  runs: readonly Run[],
  name: VariantName,
  other: VariantName,
  read: (figures: Figures) => number | undefined,
): Range | undefined {
  const values = runs.map((run) => {
    const [mine, its] = [find(run, name), find(run, other)].map((figures) => figures && read(figures));
    return mine === undefined || its === undefined || its <= 0 ? undefined : mine / its;
  });
  return rangeOf(values.filter((value) => value !== undefined));
}

function find({ figures }: Run, name: VariantName): Figures | undefined {
  return figures.find((candidate) => candidate.name === name);
}

function noiseOf(run: Run): number {
  const over = find(run, 'bare again')?.over;
  return over === undefined ? 0 : Math.max(Math.abs(over.micros), over.spreadMicros);
}

function isTraced({ name, over }: Figures): boolean {
  return name !== over.base && name !== 'bare again';
}
