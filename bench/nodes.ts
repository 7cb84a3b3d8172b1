import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { installNode } from '../tools/runtimes.js';

const run = promisify(execFile);

/** A Node to measure on. */
export interface NodeProgram {
  readonly version: string;
  readonly executable: string;
}

export const THIS_NODE: NodeProgram = { version: process.versions.node, executable: process.execPath };

/** The Nodes of these majors, from the same cache as the matrix; for none, the Node that runs this. */
export async function nodePrograms(majors: readonly number[]): Promise<readonly NodeProgram[]> {
  if (majors.length === 0) return [THIS_NODE];
  return Promise.all(majors.map(installed));
}

async function installed(major: number): Promise<NodeProgram> {
  const executable = await installNode(major);
  const { stdout } = await run(executable, ['-p', 'process.versions.node']);
  return { version: stdout.trim(), executable };
}
