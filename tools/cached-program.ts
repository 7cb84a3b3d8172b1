import { access, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CACHE } from './places.js';
import type { PartStage } from './run-on-stage.js';

/**
 * A program of the cache, or a directory that is run as one, built where it is not there yet. All parts share it.
 *
 * @param name changes whenever the program does
 * @param build writes the program to the path that it is given
 */
export async function cachedProgram(
  name: string,
  stage: Pick<PartStage, 'step'>,
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
  try {
    await build(unfinished);
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  stage.step(`built ${name}`);
  return path;
}
