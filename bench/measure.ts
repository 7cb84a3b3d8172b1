import { setImmediate as tick } from 'node:timers/promises';
import { runLoad, type Load } from './load.js';
import { median, quantile } from './statistics.js';
import type { World } from './world.js';

export interface Plan {
  readonly load: Load;
  readonly inFlight: number;
  readonly callsPerRound: number;
  readonly rounds: number;
}

/** One variant's figures. CPU is of the whole process, client and server; over bare means less the bare call of the same round. */
export interface Figures {
  readonly name: string;
  readonly cpuMicros: number;
  readonly overBareMicros: number;
  /** Half the distance between the quartiles of what `overBareMicros` is the median of. */
  readonly spreadMicros: number;
  readonly callsPerSecond: number;
  readonly p50Millis: number;
  readonly p99Millis: number;
  readonly bytesPerCall: number | undefined;
}

interface Samples {
  readonly cpu: number[];
  readonly perSecond: number[];
  readonly latencies: Float64Array[];
}

/** Runs all worlds in turn, in another random order each round, so that drift and heat meet all of them alike. */
export async function measure(
  worlds: readonly World[],
  plan: Plan,
  onRound: (done: number) => void,
): Promise<readonly Figures[]> {
  const samples = new Map<World, Samples>(worlds.map((world) => [world, { cpu: [], perSecond: [], latencies: [] }]));
  for (const world of worlds) await runLoad(world.client, plan.load, plan.callsPerRound, plan.inFlight);
  for (let round = 0; round < plan.rounds; round++) {
    for (const world of shuffled(worlds)) await sample(world, plan, samples.get(world));
    onRound(round + 1);
  }
  const bare = samples.get(worlds[0] ?? failed())?.cpu ?? failed();
  const figures: Figures[] = [];
  for (const [world, { cpu, perSecond, latencies }] of samples) {
    const over = cpu.map((micros, round) => micros - (bare[round] ?? 0));
    const all = Float64Array.from(latencies.flatMap((values) => [...values])).sort();
    figures.push({
      name: world.name,
      cpuMicros: median(cpu),
      overBareMicros: median(over),
      spreadMicros: (quantile(over, 0.75) - quantile(over, 0.25)) / 2,
      callsPerSecond: median(perSecond),
      p50Millis: quantile(all, 0.5),
      p99Millis: quantile(all, 0.99),
      bytesPerCall: await bytesPerCall(world, plan),
    });
  }
  return figures;
}

async function sample(world: World, plan: Plan, into: Samples | undefined): Promise<void> {
  // A collection that one variant has caused is not to be paid by the next.
  globalThis.gc?.({ type: 'minor' });
  const latencies = new Float64Array(plan.callsPerRound);
  const startedAt = performance.now();
  const before = process.cpuUsage();
  await runLoad(world.client, plan.load, plan.callsPerRound, plan.inFlight, latencies);
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - startedAt) / 1000;
  into?.cpu.push((user + system) / plan.callsPerRound);
  into?.perSecond.push(plan.callsPerRound / seconds);
  into?.latencies.push(latencies);
}

/** Heap growth over calls that no collection interrupts; wants `--expose-gc` and a large young generation. */
async function bytesPerCall(world: World, plan: Plan): Promise<number | undefined> {
  const { gc } = globalThis;
  if (gc === undefined) return undefined;
  const calls = Math.min(plan.callsPerRound, 200);
  const results: number[] = [];
  for (let i = 0; i < 9; i++) {
    gc();
    await tick();
    const before = process.memoryUsage().heapUsed;
    await runLoad(world.client, plan.load, calls, plan.inFlight);
    results.push((process.memoryUsage().heapUsed - before) / calls);
  }
  return median(results);
}

function shuffled<T>(items: readonly T[]): T[] {
  const order = items.map((item) => ({ item, key: Math.random() }));
  return order.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

function failed(): never {
  throw new Error('the first world is the bare one');
}
