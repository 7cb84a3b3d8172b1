import { access, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CACHE } from '../matrix/places.js';
import type { Stage } from './part.js';
import { runTool } from './tool.js';

/** Symbols and paths of this machine are of no use in a program that is only run. */
export const BUILD_FLAGS = ['-trimpath', '-ldflags=-s -w'] as const;

/**
 * A program of the cache, built where it is not there yet. All parts share it.
 *
 * @param name changes whenever the program does
 * @param build writes the program to the path that it is given
 */
export async function cachedProgram(
  name: string,
  stage: Stage,
  build: (output: string) => Promise<void>,
): Promise<string> {
  const path = join(CACHE, 'programs', name);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) return path;
  stage.step(`building ${name}, once`);
  await mkdir(dirname(path), { recursive: true });
  // A build that is interrupted leaves nothing under the name that counts.
  const unfinished = `${path}.${process.pid}`;
  await build(unfinished);
  await rename(unfinished, path);
  stage.step(`built ${name}`);
  return path;
}

/** Runs Go's own command. @returns what it printed */
export async function go(args: readonly string[], stage: Stage, cwd?: string): Promise<string> {
  // Without C, whatever compilers the machine has: the programs need none of its libraries then.
  const env = { ...process.env, CGO_ENABLED: '0' };
  return (await runTool(stage, 'go', args, cwd === undefined ? { env } : { env, cwd })).join('\n');
}
