import { goModuleProgram } from '../../../tools/go-module-program.js';
import type { PartStage } from '../../../tools/run-on-stage.js';

/** The last that takes Thrift at `/api/traces` without being configured for it. */
const VERSION = 'v1.76.0';

/** Jaeger with everything in one program. The pages are not part of the module, its API is. */
export function jaegerBinary(stage: PartStage): Promise<string> {
  return goModuleProgram(stage, 'github.com/jaegertracing/jaeger', VERSION, './cmd/all-in-one');
}
