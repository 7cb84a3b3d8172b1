import { basename } from 'node:path';
import { cachedProgram } from './cached-program.js';
import { BUILD_FLAGS, go } from './go.js';
import type { PartStage } from './run-on-stage.js';

/**
 * A program of a module, built in the module's own directory as it was released: `go install` refuses one whose go.mod
 * replaces a module.
 *
 * @param path of the program's package, from the module's root
 */
export function goModuleProgram(stage: PartStage, module: string, version: string, path: string): Promise<string> {
  return cachedProgram(`${basename(module)}-${version}`, stage, async (output) => {
    const downloaded = await go(['mod', 'download', '-json', `${module}@${version}`], stage);
    // The cast: the format is part of `go help mod download`.
    const { Dir } = JSON.parse(downloaded) as { readonly Dir: string };
    await go(['build', ...BUILD_FLAGS, '-o', output, path], stage, Dir);
  });
}
