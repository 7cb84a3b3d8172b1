import type { PartStage } from './run-on-stage.js';
import { runTool } from './run-tool.js';

/** Symbols and paths of this machine are of no use in a program that is only run. */
export const BUILD_FLAGS = ['-trimpath', '-ldflags=-s -w'] as const;

/** Runs Go's own command. @returns what it printed */
export async function go(args: readonly string[], stage: Pick<PartStage, 'onEnd'>, cwd?: string): Promise<string> {
  // Without C, whatever compilers the machine has: the programs need none of its libraries then.
  const env = { ...process.env, CGO_ENABLED: '0' };
  return (await runTool(stage, 'go', args, cwd === undefined ? { env } : { env, cwd })).join('\n');
}
