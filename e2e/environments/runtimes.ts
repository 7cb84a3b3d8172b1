import { join } from 'node:path';
import { install } from '../../tools/cache.js';
import { installRuntime, OTHERS } from '../../tools/runtimes.js';
import { dependencies } from './dependencies.js';
import { compileProgram } from './fixture.js';
import type { Row } from './row.js';
import { runProgram } from './run.js';

/** Deno or Bun, running the program as ES modules. */
export async function runtimeRow(name: 'Deno' | 'Bun', tarball: string): Promise<Row> {
  const runtime = OTHERS.find((other) => other.name.startsWith(name));
  if (runtime?.spec === undefined) throw new Error(`no package carries ${name}`);
  const installed = await installRuntime(runtime, runtime.spec);
  const directory = await install(join('environments', 'program'), await dependencies(tarball));
  const file = await compileProgram(join(directory, 'program'), 'module');
  return {
    name: runtime.name,
    run: (tracing) => runProgram(file, tracing, [join(installed, runtime.executable), ...runtime.args]),
  };
}
