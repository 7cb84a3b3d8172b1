import { join } from 'node:path';
import { install } from '../../tools/cache.js';
import { installRuntime, OTHERS } from '../../tools/runtimes.js';
import { compileProgram } from './fixture.js';
import type { Row } from './row.js';
import { runProgram } from './run.js';

/** Deno or Bun, running the program as ES modules. */
export function runtimeRow(name: 'Deno' | 'Bun', tarball: string): Row {
  const runtime = OTHERS.find((other) => other.name.startsWith(name));
  if (runtime?.spec === undefined) throw new Error(`no package carries ${name}`);
  const { spec, executable, args } = runtime;
  return {
    name: runtime.name,
    async ready({ sdk }) {
      const installed = await installRuntime(runtime, spec);
      const directory = await install(join('environments', `program-${sdk.name}`), {
        ...sdk.packages,
        'grpc-js-opentelemetry': `file:${tarball}`,
      });
      const file = await compileProgram(join(directory, 'program'), 'module');
      return (tracing) => runProgram(file, tracing, [join(installed, executable), ...args]);
    },
  };
}
