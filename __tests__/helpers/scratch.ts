import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../tools/places.js';

/**
 * A new folder for files that a test makes and removes: inside the repository, where the package's own name and the peers
 * resolve, and in a place that nobody lists, since other tests run at the same time.
 */
export async function scratchFolder(): Promise<string> {
  const parent = join(ROOT, '.scratch');
  await mkdir(parent, { recursive: true });
  return mkdtemp(join(parent, 'test-'));
}
