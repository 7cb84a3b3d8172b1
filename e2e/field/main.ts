import { pack } from '../../tools/cache.js';
import { printTotals, runParts } from '../../tools/parts.js';
import { writeBetweenMarks } from '../../tools/write-between-marks.js';
import { fieldTable, MARKS } from './field-table.js';
import type { Stage } from './part.js';
import { PARTS } from './parts.js';
import type { Row } from './row.js';

const DOCUMENT = 'docs/integrations.md';

async function main(): Promise<number> {
  let packed: Promise<string> | undefined;
  const { told: rows, ...run } = await runParts<Stage, Row>(PARTS, process.argv.slice(2), (base, row) => ({
    ...base,
    tarball: () => (packed ??= pack()),
    row,
  }));
  if (rows.length > 0) console.log(`\n${fieldTable(rows)}\n`);
  if (run.isWhole) {
    const isChanged = await writeBetweenMarks(DOCUMENT, MARKS, fieldTable(rows));
    console.log(`${DOCUMENT}: table ${isChanged ? 'written' : 'is as it was'}`);
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
