import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../tools/places.js';
import { writeBetweenMarks } from '../../tools/write-between-marks.js';
import { readDocument } from './document.js';
import { MARKS, overhead } from './readme.js';
import { svg } from './svg.js';

/** Draws docs/bench.svg and rewrites the figures of bench/README.md, both from docs/bench.json or the file that is given. */
async function main(): Promise<void> {
  const document = readDocument(process.argv[2] ?? join(ROOT, 'docs', 'bench.json'));
  writeFileSync(join(ROOT, 'docs', 'bench.svg'), svg(document));
  await writeBetweenMarks('bench/README.md', MARKS, overhead(document));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
