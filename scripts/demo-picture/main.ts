import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../tools/places.js';
import { terminalPicture } from './terminal-picture.js';

// Writes docs/demo.svg: what `npm run demo` prints on a terminal of 80 columns, once. It need not be run again as long as
// the demo's tree stays as it is, which a test tells; durations differ from run to run and mean nothing.

/** Variables that would send the spans elsewhere, and say so in the output. */
const KEPT_OUT = /^(OTEL_|JAEGER_|NO_COLOR$)/;

async function main(): Promise<void> {
  const inherited = Object.entries(process.env).filter(([name]) => !KEPT_OUT.test(name));
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'examples/demo/main.ts'], {
    cwd: ROOT,
    env: { ...Object.fromEntries(inherited), FORCE_COLOR: '1' },
  });
  const picture = terminalPicture(stdout.trimEnd().split('\n'), 'The trace that npm run demo prints');
  await writeFile(join(ROOT, 'docs/demo.svg'), picture);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
