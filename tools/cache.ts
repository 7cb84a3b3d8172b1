import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { npm } from './npm.js';
import { CACHE, ROOT } from './places.js';
import { tarballIn } from './tarball.js';

const run = promisify(execFile);

const MINUTES = 60_000;

/** Written last: with it, an installation is whole. */
const MARKER = 'installed.json';

/**
 * Installs packages into a directory of the cache, whose package.json says what is there; does nothing if it is. Several
 * may do so at the same time: it is installed beside its place, and who is first moves it there.
 */
export async function install(name: string, dependencies: Readonly<Record<string, string>>): Promise<string> {
  const directory = join(CACHE, name);
  const manifest = JSON.stringify({ private: true, type: 'commonjs', dependencies }, undefined, 2);
  const isThere = async (): Promise<boolean> =>
    (await readFile(join(directory, MARKER), 'utf8').catch(() => '')) === manifest;
  if (await isThere()) return directory;
  await rm(directory, { recursive: true, force: true });
  await mkdir(dirname(directory), { recursive: true });
  const staging = await mkdtemp(`${directory}.`);
  try {
    await writeFile(join(staging, 'package.json'), manifest);
    await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'], staging);
    await writeFile(join(staging, MARKER), manifest);
    await rename(staging, directory);
  } catch (error) {
    if (!(await isThere())) throw error;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return directory;
}

/** Packs the built package into the cache, under a name that tells its contents, so that a changed one is installed. */
export async function pack(): Promise<string> {
  await mkdir(CACHE, { recursive: true });
  await run(process.execPath, [join('scripts', 'build.mjs')], { cwd: ROOT, timeout: 5 * MINUTES });
  const { path, shasum } = await tarballIn(CACHE);
  const target = join(CACHE, `${shasum}.tgz`);
  await writeFile(target, await readFile(path));
  return target;
}
