import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { writeBetweenMarks } from '../../tools/write-between-marks.js';
import { printTotals, runParts } from '../../tools/parts.js';
import { DOCUMENT, MARKS, matrix } from './matrix.js';
import type { Cell, Stage } from './part.js';
import { PARTS } from './parts.js';

async function main(): Promise<number> {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const { told: cells, ...run } = await runParts<Stage, Cell>(PARTS, process.argv.slice(2), (base, cell) => ({
    ...base,
    cell,
  }));
  if (cells.length > 0) console.log(`\n${matrix(cells)}\n`);
  if (run.isWhole) {
    const isChanged = await writeBetweenMarks(DOCUMENT, MARKS, matrix(cells));
    console.log(`${DOCUMENT}: ${isChanged ? 'matrix written' : 'matrix is as it was'}`);
  }
  return printTotals(run);
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
