import { messagesOf, runLoad } from './load.js';
import type { Over, Plan, Timings } from './plan.js';
import { counts, settle } from './settle.js';
import { median, quantile, shuffled } from './statistics.js';
import type { Sdk } from './telemetry.js';
import { baseOf, ON_TOP_OF, type VariantName } from './variant-names.js';
import type { Variant } from './variants.js';
import type { World } from './world.js';

/** Calls of each variant that do not count, in messages: until then the compiler is at work. */
const WARM_UP_MESSAGES = 10_000;
const MIN_WARM_UP_ROUNDS = 5;

/** A variant that runs. */
export interface Contestant {
  readonly variant: Variant;
  readonly world: World;
}

interface Samples {
  readonly variant: Variant;
  readonly cpu: number[];
  readonly perSecond: number[];
  readonly latencies: Float64Array[];
}

function samplesOf(variant: Variant): Samples {
  return { variant, cpu: [], perSecond: [], latencies: [] };
}

/** Runs all in turn, in another random order each round, so that drift and heat meet all of them alike. */
export async function measure(
  contestants: readonly Contestant[],
  plan: Plan,
  sdk: Sdk | undefined,
  onRound: (done: number) => void,
): Promise<readonly Timings[]> {
  const all = contestants.map(({ variant, world }) => ({ world, samples: samplesOf(variant) }));
  const messagesPerRound = plan.callsPerRound * messagesOf(plan.load);
  const warmUpRounds = Math.max(MIN_WARM_UP_ROUNDS, Math.ceil(WARM_UP_MESSAGES / messagesPerRound));
  for (let round = -warmUpRounds; round < plan.rounds; round++) {
    for (const { world, samples } of shuffled(all)) {
      await sample(world, plan, sdk, round < 0 ? samplesOf(samples.variant) : samples);
    }
    onRound(Math.max(round + 1, 0));
  }
  const byName = new Map(all.map(({ samples }) => [samples.variant.name, samples]));
  return all.map(({ samples }) => timings(samples, byName));
}

async function sample({ caller }: World, plan: Plan, sdk: Sdk | undefined, into: Samples): Promise<void> {
  const { load, callsPerRound, inFlight } = plan;
  const latencies = new Float64Array(callsPerRound);
  const spansBefore = counts(sdk);
  // A round pays for its own garbage and for the export of its own spans: neither is left over from the round before, nor
  // for the next.
  globalThis.gc?.({ type: 'minor' });
  const startedAt = performance.now();
  const before = process.cpuUsage();
  await runLoad(caller, load, callsPerRound, inFlight, latencies);
  const seconds = (performance.now() - startedAt) / 1000;
  await settle(into.variant, plan, callsPerRound, sdk, spansBefore);
  globalThis.gc?.({ type: 'minor' });
  const { user, system } = process.cpuUsage(before);
  into.cpu.push((user + system) / callsPerRound);
  into.perSecond.push(callsPerRound / seconds);
  into.latencies.push(latencies);
}

function timings(samples: Samples, byName: ReadonlyMap<VariantName, Samples>): Timings {
  const { variant, cpu, perSecond, latencies } = samples;
  const all = Float64Array.from(latencies.flatMap((values) => [...values]));
  const onTopOf = ON_TOP_OF[variant.name];
  const over = (base: VariantName): Over => ({ base, ...difference(cpu, byName.get(base)?.cpu ?? []) });
  return {
    name: variant.name,
    cpuMicros: median(cpu),
    over: over(baseOf(variant.name)),
    ...(onTopOf && { onTop: over(onTopOf) }),
    callsPerSecond: median(perSecond),
    p50Millis: quantile(all, 0.5),
    p99Millis: quantile(all, 0.99),
  };
}

function difference(cpu: readonly number[], base: readonly number[]): Omit<Over, 'base'> {
  const differences = cpu.map((micros, round) => micros - (base[round] ?? Number.NaN));
  return {
    micros: median(differences),
    spreadMicros: (quantile(differences, 0.75) - quantile(differences, 0.25)) / 2,
  };
}
