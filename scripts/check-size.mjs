// Says what the exports weigh in an application's bundle: minified and gzipped, without the peers. Fails when the main ones
// weigh more than what was reached, so that nobody makes them heavier without saying so.
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as index from '../dist/esm/index.js';

/**
 * To be lowered with every gain, and raised where a change is worth it: ends that nobody is told, calls near their deadline,
 * proxies, copies of metadata and Level 2 of tracestate took 2 kB, channels that trace 0.1, error records, calls in flight,
 * counts and attributes of one's own 1.8, what is said of mistakes in options 0.6. gzip differs by a few bytes from one zlib to the next.
 */
const REACHED_BYTES = 16_300;
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

console.log(`${main} bytes, at most ${REACHED_BYTES} allowed`);
if (main > REACHED_BYTES) process.exitCode = 1;
