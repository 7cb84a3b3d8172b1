import { access, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CACHE } from '../matrix/places.js';
import type { Stage } from './part.js';
import { Program } from './program.js';

/** Symbols and paths of this machine are of no use in a program that is only run. */
export const BUILD_FLAGS = ['-trimpath', '-ldflags=-s -w'] as const;

/** What a build needs to know of the part that it is for. */
export type Builder = Pick<Stage, 'step' | 'onEnd'>;

/**
 * A program of the cache, built where it is not there yet. All parts share it.
 *
 * @param name changes whenever the program does
 * @param build writes the program to the path that it is given
 */
export async function cachedProgram(
  name: string,
  builder: Builder,
  build: (output: string) => Promise<void>,
): Promise<string> {
  const path = join(CACHE, 'programs', name);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) return path;
  builder.step(`building ${name}, once`);
  await mkdir(dirname(path), { recursive: true });
  // A build that is interrupted leaves nothing under the name that counts.
  const unfinished = `${path}.${process.pid}`;
  await build(unfinished);
  await rename(unfinished, path);
  builder.step(`built ${name}`);
  return path;
}

/** Runs Go's own command, which ends with the part. @returns what it printed */
export async function go(args: readonly string[], builder: Builder, cwd?: string): Promise<string> {
  // Without C, whatever compilers the machine has: the programs need none of its libraries then.
  const program = new Program('go', args, { env: { ...process.env, CGO_ENABLED: '0' }, ...(cwd && { cwd }) });
  builder.onEnd(() => program.kill());
  const { code, stdout, stderr } = await program.ended;
  if (code !== 0) throw new Error(`go ${args.join(' ')}:\n${stderr.join('\n')}`);
  return stdout.join('\n');
}
