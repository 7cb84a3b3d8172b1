import type { PartStage } from './run-on-stage.js';
import { Program, type ProgramOptions } from './program.js';

/** Runs a build tool to its end. @returns what it printed @throws with all that it printed where it does not end well. */
export async function runTool(
  stage: Pick<PartStage, 'onEnd'>,
  command: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<readonly string[]> {
  const program = new Program(command, args, { ...options, ownGroup: true });
  stage.onEnd(() => program.kill());
  const { code, stdout, stderr } = await program.finish();
  if (code !== 0) {
    throw new Error([`${command} ${args.join(' ')} ended with ${String(code)}`, ...stdout, ...stderr].join('\n'));
  }
  return stdout;
}
