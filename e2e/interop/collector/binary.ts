import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../../tools/places.js';
import { cachedProgram } from '../../../tools/cached-program.js';
import { digestOf } from '../digest.js';
import { BUILD_FLAGS, go } from '../../../tools/go.js';
import type { PartStage } from '../../../tools/run-on-stage.js';

const OCB = 'go.opentelemetry.io/collector/cmd/builder@v0.160.0';
const MANIFEST = join(ROOT, 'examples/collector/builder.yaml');

/** The collector that the example's manifest describes, made by OpenTelemetry's builder. */
export async function collectorBinary(stage: PartStage): Promise<string> {
  const manifest = await readFile(MANIFEST);
  return cachedProgram(`otelcol-${digestOf(manifest, OCB)}`, stage, async (output) => {
    const sources = `${output}-sources`;
    await mkdir(sources, { recursive: true });
    // The builder compiles, too, but leaves us no say in how.
    await go(['run', OCB, `--config=${MANIFEST}`, '--skip-compilation'], stage, sources);
    await go(['build', ...BUILD_FLAGS, '-o', output, '.'], stage, join(sources, 'otelcol'));
    await rm(sources, { recursive: true });
  });
}
