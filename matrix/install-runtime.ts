import { join } from 'node:path';
import { install } from './cache.js';
import type { Runtime } from './cells.js';

/** Installs a runtime's package into the cache; gives the directory. */
export function installRuntime({ name }: Runtime, spec: string): Promise<string> {
  const at = spec.lastIndexOf('@');
  return install(join('runtimes', name.replace(' ', '-').toLowerCase()), { [spec.slice(0, at)]: spec.slice(at + 1) });
}
