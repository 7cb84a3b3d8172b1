import { inspect } from 'node:util';
import { partArguments } from './part-arguments.js';
import { runOnStage, type PartStage } from './run-on-stage.js';
import { missing, type Toolchain } from './toolchains.js';

/** Something that is tested against what is on the machine. */
export interface PartOf<Stage> {
  readonly name: string;
  /** None = Node alone. */
  readonly needs?: readonly Toolchain[];
  /** @throws when anything is not as it must be */
  run(stage: Stage): Promise<void>;
}

interface Outcome {
  readonly part: string;
  readonly result: 'passed' | 'failed' | 'left out';
  readonly reason?: string;
}

/** What came of the parts that were asked for. */
export interface PartsRun<Told> {
  /** By the parts that passed. */
  readonly told: readonly Told[];
  readonly outcomes: readonly Outcome[];
  /** Every part that there is was run, and passed. */
  readonly isWhole: boolean;
}

/** Makes a part's stage from what every stage has, and from where to tell what has been asserted. */
type StageOf<Stage, Told> = (base: PartStage, tell: (told: Told) => void) => Stage;

/**
 * Runs the parts that the command line names, one after the other; none = every part whose toolchains are there.
 *
 * @throws TypeError for a name that is no part's
 */
export async function runParts<Stage, Told>(
  parts: readonly PartOf<Stage>[],
  argv: readonly string[],
  stageOf: StageOf<Stage, Told>,
): Promise<PartsRun<Told>> {
  const known = parts.map(({ name }) => name);
  const names = partArguments(argv, known);
  const outcomes: Outcome[] = [];
  const told: Told[] = [];
  for (const part of parts.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const toldHere: Told[] = [];
    const run = (): Promise<void> =>
      runOnStage(part.name, (base) => part.run(stageOf(base, (it) => toldHere.push(it))));
    const outcome = await outcomeOf(part, names.includes(part.name), run);
    if (outcome.result === 'passed') told.push(...toldHere);
    console.log(describe(outcome));
    outcomes.push(outcome);
  }
  return { outcomes, told, isWhole: outcomes.filter(({ result }) => result === 'passed').length === known.length };
}

/** Prints what did not pass and the totals. @returns the exit code */
export function printTotals({ outcomes }: Pick<PartsRun<unknown>, 'outcomes'>): number {
  const passed = outcomes.filter(({ result }) => result === 'passed').length;
  const failed = outcomes.filter(({ result }) => result === 'failed').length;
  for (const outcome of outcomes) if (outcome.result !== 'passed') console.log(describe(outcome));
  console.log(`${passed} parts passed, ${failed} failed, ${outcomes.length - passed - failed} left out`);
  return failed === 0 ? 0 : 1;
}

async function outcomeOf(
  { name, needs = [] }: PartOf<never>,
  isNamed: boolean,
  run: () => Promise<void>,
): Promise<Outcome> {
  const lacking = await missing(needs);
  if (lacking.length > 0) {
    const reason = `this machine has no ${lacking.join(', no ')}`;
    return { part: name, result: isNamed ? 'failed' : 'left out', reason };
  }
  try {
    await run();
    return { part: name, result: 'passed' };
  } catch (error) {
    return { part: name, result: 'failed', reason: inspect(error) };
  }
}

function describe({ part, result, reason }: Outcome): string {
  return `${part} ${result}${reason === undefined ? '' : `: ${reason}`}`;
}
