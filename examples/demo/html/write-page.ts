import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { build } from 'esbuild';
import { pageSpan } from './page-span.js';
import { tracePage } from './trace-page.js';

/**
 * Writes the spans of a trace as one file that needs no other.
 *
 * @throws where the file cannot be written
 */
export async function writePage(file: string, spans: readonly ReadableSpan[], story: readonly string[]): Promise<void> {
  const page = tracePage({
    traceId: spans[0]?.spanContext().traceId ?? '',
    spans: spans.map(pageSpan),
    story,
    ...(await pageParts()),
  });
  await writeFile(file, page);
}

/** What every page has: its look, and what happens in the browser. */
export async function pageParts(): Promise<{ readonly style: string; readonly script: string }> {
  const [style, script] = await Promise.all([readFile(join(__dirname, 'page.css'), 'utf8'), bundled()]);
  return { style, script };
}

async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, 'browser/main.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    // Within HTML: whatever would end the script early is written otherwise.
    charset: 'ascii',
  });
  return outputFiles.map(({ text }) => text).join('');
}
