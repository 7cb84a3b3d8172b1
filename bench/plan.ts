import type { BenchArguments } from './arguments.js';
import { contestants, type Contestant } from './contestant.js';
import { messagesOf, type Load } from './load.js';
import { runsOn, type Setting } from './setting.js';
import { shuffled } from './statistics.js';
import type { Task } from './task.js';
import { isMeasured } from './variant-names.js';

/** A setting, and who is compared in it. */
export interface Comparison {
  readonly setting: Setting;
  readonly contestants: readonly Contestant[];
}

/** What one process measures. */
export interface Job {
  readonly comparison: Comparison;
  readonly contestant: Contestant;
  readonly kind: Task['kind'];
}

const LONG_STREAM = 1000;
const IN_FLIGHT = 32;

/** Bytes differ less from process to process than times do. */
const ROUNDS_PER_BYTES = 5;

/** @throws TypeError where nothing is left to measure. */
export function comparisons(given: BenchArguments, versions: readonly string[]): readonly Comparison[] {
  const all: Comparison[] = [];
  for (const node of versions) {
    for (const sdk of given.sdks.filter((major) => runsOn(major, node))) {
      for (const load of given.loads) {
        for (const inFlight of given.inFlights.length === 0 ? [inFlightOf(load)] : given.inFlights) {
          for (const sampling of given.samplings) {
            const variants = given.variants(sampling).filter((name) => isMeasured(name, sampling));
            all.push({
              setting: { node, sdk, sampling, load, inFlight, calls: given.calls(load) },
              contestants: contestants(variants, given.lib),
            });
          }
        }
      }
    }
  }
  if (all.length === 0) throw new TypeError(`SDK 3 does not run on Node ${versions.join(', ')}`);
  return all;
}

/** Long streams are one at a time: together they would only wait for each other. */
function inFlightOf(load: Load): number {
  return messagesOf(load) < LONG_STREAM ? IN_FLIGHT : 1;
}

/** All processes of a round, in random order: what disturbs the machine for a while disturbs all alike. */
export function jobs(all: readonly Comparison[], round: number): readonly Job[] {
  const kinds: readonly Task['kind'][] = round % ROUNDS_PER_BYTES === 0 ? ['cpu', 'bytes'] : ['cpu'];
  return shuffled(
    all.flatMap((comparison) =>
      comparison.contestants.flatMap((contestant) => kinds.map((kind): Job => ({ comparison, contestant, kind }))),
    ),
  );
}
