import { cachedProgram } from '../../../tools/cached-program.js';
import { BUILD_FLAGS, go } from '../../../tools/go.js';
import type { PartStage } from '../../../tools/run-on-stage.js';

const MODULE = 'github.com/jaegertracing/jaeger';
/** The last that takes Thrift at `/api/traces` without being configured for it. */
const VERSION = 'v1.76.0';

/**
 * Jaeger with everything in one program. `go install` refuses it, because its go.mod replaces a module; in its own directory
 * it builds as it was released. The pages are not part of the module, its API is.
 */
export function jaegerBinary(stage: PartStage): Promise<string> {
  return cachedProgram(`jaeger-${VERSION}`, stage, async (output) => {
    const downloaded = await go(['mod', 'download', '-json', `${MODULE}@${VERSION}`], stage);
    // The cast: the format is part of `go help mod download`.
    const { Dir } = JSON.parse(downloaded) as { readonly Dir: string };
    await go(['build', ...BUILD_FLAGS, '-o', output, './cmd/all-in-one'], stage, Dir);
  });
}
