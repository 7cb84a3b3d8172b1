import { join } from 'node:path';
import { installRuntime, NODES } from '../../tools/runtimes.js';

/** The executable of a Node that is new enough for packages whose engines leave Node 20 out. */
export async function node24(): Promise<string> {
  const runtime = NODES.find(({ name }) => name === 'Node 24');
  if (runtime?.spec === undefined) throw new Error('no package carries Node 24');
  return join(await installRuntime(runtime, runtime.spec), runtime.executable);
}
