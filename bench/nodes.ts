import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installRuntime, NODES } from '../tools/runtimes.js';
import type { NodeProgram } from './in-child.js';

const run = promisify(execFile);

/** The Nodes of these majors, from the same cache as the matrix; for none, the Node that runs this. */
export async function nodePrograms(majors: readonly number[]): Promise<readonly NodeProgram[]> {
  if (majors.length === 0) return [{ version: process.versions.node, executable: process.execPath }];
  return Promise.all(majors.map(installed));
}

async function installed(major: number): Promise<NodeProgram> {
  const runtime = NODES.find(({ name }) => name === `Node ${major}`);
  if (runtime?.spec === undefined)
    throw new TypeError(`no Node ${major}; there are ${NODES.map(({ name }) => name).join(', ')}`);
  const executable = join(await installRuntime(runtime, runtime.spec), runtime.executable);
  const { stdout } = await run(executable, ['-p', 'process.versions.node']);
  return { version: stdout.trim(), executable };
}
