import { join } from 'node:path';
import { npm } from './npm.js';
import { ROOT } from './places.js';

/** What is published, as one file. */
export interface Tarball {
  readonly path: string;
  readonly shasum: string;
}

/** Packs the package into a directory, with what is built at that moment. */
export async function tarballIn(directory: string): Promise<Tarball> {
  const stdout = await npm(['pack', '--ignore-scripts', '--json', '--pack-destination', directory], ROOT);
  // npm prints one entry per package, in a list or by name.
  const printed = JSON.parse(stdout) as readonly Packed[] | Readonly<Record<string, Packed>>;
  const [packed] = Object.values(printed);
  if (packed === undefined) throw new Error('npm packed nothing');
  return { path: join(directory, packed.filename), shasum: packed.shasum };
}

interface Packed {
  readonly filename: string;
  readonly shasum: string;
}
