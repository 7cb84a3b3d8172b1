// Fails when the main exports weigh more than the budget in an application's bundle: minified and gzipped, without the
// peers. The other entries and exports are printed too, each alone.
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as index from '../dist/esm/index.js';

const BUDGET_BYTES = 8000;
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

console.log(`${main} of ${BUDGET_BYTES} bytes`);
if (main > BUDGET_BYTES) process.exitCode = 1;
