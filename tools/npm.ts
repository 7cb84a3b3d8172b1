import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const MINUTES = 60_000;

/** Runs npm in a directory to its end. @returns what it printed @throws where it does not end well, or not in five minutes */
export async function npm(args: readonly string[], cwd: string): Promise<string> {
  const options = { cwd, timeout: 5 * MINUTES, shell: process.platform === 'win32' };
  const { stdout } = await promisify(execFile)('npm', args, options);
  return stdout;
}
