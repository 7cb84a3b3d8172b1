import { join } from 'node:path';
import { ROOT } from '../tools/places.js';
import { SDK_2, SDK_3, type Sdk } from '../tools/sdks.js';
import { askChild, type Command } from './child-process.js';
import { nameOf } from './contestant.js';
import type { Measurement, Sample, Samples } from './document.js';
import type { NodeProgram } from './nodes.js';
import { pinArguments } from './pinned.js';
import { jobs, type Comparison, type Job } from './plan.js';
import { Progress } from './progress.js';
import { title } from './report.js';
import type { SdkMajor } from './setting.js';
import { Stage } from './stage.js';
import type { Task } from './task.js';

/** What measures: the Nodes, and the core that they are pinned to, if they are. */
export interface Bench {
  readonly programs: readonly NodeProgram[];
  readonly core: number | undefined;
  readonly rounds: number;
}

/**
 * Times are taken with the young generation that Node has by default, as in production. Bytes want one that no collection
 * empties while they are counted.
 */
const FLAGS: Readonly<Record<Task['kind'], readonly string[]>> = {
  cpu: ['--expose-gc'],
  bytes: ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256'],
};

const OF_MAJOR: Readonly<Record<SdkMajor, Sdk>> = { 2: SDK_2, 3: SDK_3 };

/**
 * Measures all, each time in a process of its own.
 *
 * @param keep - is given what has been measured after each round, so that a process that fails takes no more than its round
 */
export async function measure(
  all: readonly Comparison[],
  bench: Bench,
  keep: (measurements: readonly Measurement[]) => Promise<void>,
): Promise<readonly Measurement[]> {
  const { rounds } = bench;
  const measurements = new Map(all.map((comparison) => [comparison, emptyMeasurement(comparison, rounds)]));
  const plan = Array.from({ length: rounds }, (_, round) => jobs(all, round));
  const progress = new Progress(plan.flat().length, process.stderr);
  const scripts = new Scripts();
  try {
    for (const [round, list] of plan.entries()) {
      for (const [index, job] of list.entries()) {
        const { setting } = job.comparison;
        progress.next(`round ${round + 1} of ${rounds}, ${nameOf(job.contestant)}, ${title(setting)}`, index === 0);
        const script = await scripts.of(setting.sdk, job.contestant.lib ?? ROOT);
        const sample = await run(job, script, bench);
        const samples = measurements.get(job.comparison)?.samples;
        const one = samples?.find(({ name }) => name === nameOf(job.contestant));
        if (one !== undefined) one[job.kind][round] = sample;
      }
      await keep([...measurements.values()]);
    }
  } finally {
    progress.end();
    await scripts.remove();
  }
  return [...measurements.values()];
}

function emptyMeasurement({ setting, contestants }: Comparison, rounds: number): Measurement {
  const none = (): Sample[] => new Array<Sample>(rounds).fill(null);
  const samples = contestants.map((contestant): Samples => {
    return { name: nameOf(contestant), variant: contestant.variant, cpu: none(), bytes: none() };
  });
  return { ...setting, rounds, samples };
}

/** @throws where the process fails, as it does where the variant does not make its spans. */
async function run({ comparison, contestant, kind }: Job, script: string, bench: Bench): Promise<Sample> {
  const { node, sampling, load, inFlight, calls } = comparison.setting;
  const program = bench.programs.find(({ version }) => version === node);
  if (program === undefined) throw new Error(`no Node ${node}`);
  const task: Task = { kind, variant: contestant.variant, sampling, load, inFlight, calls };
  // What it answers.
  return (await askChild(commandOf(program, FLAGS[kind], bench.core), script, task)) as Sample;
}

function commandOf({ executable }: NodeProgram, flags: readonly string[], core: number | undefined): Command {
  if (core === undefined) return { executable, args: flags };
  return { executable: 'taskset', args: [...pinArguments(core), executable, ...flags] };
}

/** The script of each SDK and build, made when it is first asked for. */
class Scripts {
  private readonly made = new Map<string, Promise<{ stage: Stage; script: string }>>();

  async of(sdk: SdkMajor, built: string): Promise<string> {
    const key = `${sdk} ${built}`;
    let made = this.made.get(key);
    if (made === undefined) this.made.set(key, (made = this.make(OF_MAJOR[sdk], built)));
    return (await made).script;
  }

  async remove(): Promise<void> {
    for (const made of this.made.values()) await (await made).stage.remove();
  }

  private async make(sdk: Sdk, built: string): Promise<{ stage: Stage; script: string }> {
    const stage = await Stage.create(sdk, built);
    return { stage, script: await stage.script(join(__dirname, 'child', 'main.ts')) };
  }
}
