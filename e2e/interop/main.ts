import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { inspect } from 'node:util';
import { interopArguments } from './arguments.js';
import { matrix } from './matrix.js';
import type { Cell, Part } from './part.js';
import { PARTS } from './parts.js';
import { Running } from './running.js';
import { missing } from './toolchains.js';
import { writeMatrix } from './write-matrix.js';

/** How a shell tells that a program was ended by SIGINT, SIGTERM. */
const SIGNAL_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

interface Outcome {
  readonly part: string;
  readonly result: 'passed' | 'failed' | 'left out';
  readonly reason?: string;
}

let running: Running | undefined;

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    const ended = running?.end() ?? Promise.resolve();
    void ended.finally(() => process.exit(SIGNAL_CODES[signal]));
  });
}

async function main(): Promise<number> {
  const known = PARTS.map(({ name }) => name);
  const names = interopArguments(process.argv.slice(2), known);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const outcomes: Outcome[] = [];
  const cells: Cell[] = [];
  for (const part of PARTS.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const outcome = await runPart(part, names.includes(part.name), cells);
    console.log(describe(outcome));
    outcomes.push(outcome);
  }
  if (cells.length > 0) console.log(`\n${matrix(cells)}\n`);
  const passed = outcomes.filter(({ result }) => result === 'passed').length;
  const failed = outcomes.filter(({ result }) => result === 'failed').length;
  if (passed === known.length) {
    console.log((await writeMatrix(cells)) ? 'README.md: matrix written' : 'README.md: matrix is as it was');
  }
  for (const outcome of outcomes) if (outcome.result !== 'passed') console.log(describe(outcome));
  console.log(`${passed} parts passed, ${failed} failed, ${outcomes.length - passed - failed} left out`);
  return failed === 0 ? 0 : 1;
}

async function runPart(part: Part, isNamed: boolean, cells: Cell[]): Promise<Outcome> {
  const lacking = await missing(part.toolchains);
  if (lacking.length > 0) {
    const reason = `this machine has no ${lacking.join(', no ')}`;
    return { part: part.name, result: isNamed ? 'failed' : 'left out', reason };
  }
  running = new Running(part);
  try {
    await running.run();
    cells.push(...running.cells);
    return { part: part.name, result: 'passed' };
  } catch (error) {
    return { part: part.name, result: 'failed', reason: inspect(error) };
  } finally {
    running = undefined;
  }
}

function describe({ part, result, reason }: Outcome): string {
  return `${part} ${result}${reason === undefined ? '' : `: ${reason}`}`;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
