import { Bench } from 'tinybench';
import { table } from '../../tools/table.js';
import { SUBJECTS, type Subject } from './subjects.js';

/** At a time: reading the clock takes as long as the work that is measured. */
const BATCH = 1000;

/** Where results go, so that the compiler cannot leave the work out. */
let kept: unknown;

async function main(): Promise<void> {
  const bench = new Bench({ time: 300, warmupTime: 100 });
  for (const subject of SUBJECTS) bench.add(nameOf(subject), () => batch(subject));
  await bench.run();
  const rows = SUBJECTS.map((subject) => [subject.unit, subject.by, ...figures(bench, subject)]);
  console.log(table(['unit', 'by', 'ns', '± %'], rows));
  if (kept === bench) throw new Error('no work was done');
}

function batch({ once }: Subject): void {
  for (let i = 0; i < BATCH; i++) kept = once();
}

function figures(bench: Bench, subject: Subject): readonly [nanoseconds: string, margin: string] {
  const result = bench.getTask(nameOf(subject))?.result;
  if (result?.state !== 'completed') throw new Error(`${nameOf(subject)} did not end well`);
  const { p50, rme } = result.latency;
  // tinybench gives milliseconds.
  return [((p50 * 1e6) / BATCH).toFixed(1), rme.toFixed(1)];
}

function nameOf({ unit, by }: Subject): string {
  return `${unit}, ${by}`;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
