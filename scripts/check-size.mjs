// Fails when the main exports weigh more than the budget in an application's bundle: minified and gzipped, without the
// peers. The other entries and exports are printed too, each alone. With --reached it fails when they weigh more than what was
// reached: as long as the budget is not met, the gate sees that it gets no farther away.
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as index from '../dist/esm/index.js';

const BUDGET_BYTES = 8000;
/** To be lowered with every gain. gzip differs by a few bytes from one zlib to the next. */
const REACHED_BYTES = 10_960;
const MAIN = 'tracingClientInterceptor, tracingServerInterceptor, withTracing';

const dist = fileURLToPath(new URL('../dist/esm', import.meta.url));

async function gzippedBytes(label, contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: dist },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    external: ['@grpc/grpc-js', '@opentelemetry/api'],
  });
  const [{ contents: minified }] = outputFiles;
  const gzipped = gzipSync(minified, { level: 9 }).length;
  console.log(`${String(gzipped).padStart(6)} ${String(minified.length).padStart(6)}  ${label}`);
  return gzipped;
}

console.log('gzip -9    min');
const main = await gzippedBytes(MAIN, `export { ${MAIN} } from './index.js';`);
await gzippedBytes('everything', "export * from './index.js';");
for (const name of Object.keys(index)) await gzippedBytes(name, `export { ${name} } from './index.js';`);
await gzippedBytes('grpc-js-opentelemetry/testing', "export * from './testing/index.js';");

const limit = process.argv.includes('--reached') ? REACHED_BYTES : BUDGET_BYTES;
console.log(`${main} bytes, at most ${limit} allowed; the budget is ${BUDGET_BYTES}`);
if (main > limit) process.exitCode = 1;
