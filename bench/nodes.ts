import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { installNode } from '../tools/runtimes.js';
import type { NodeProgram } from './in-child.js';

const run = promisify(execFile);

/** The Nodes of these majors, from the same cache as the matrix; for none, the Node that runs this. */
export async function nodePrograms(majors: readonly number[]): Promise<readonly NodeProgram[]> {
  if (majors.length === 0) return [{ version: process.versions.node, executable: process.execPath }];
  return Promise.all(majors.map(installed));
}

async function installed(major: number): Promise<NodeProgram> {
  const executable = await installNode(major);
  const { stdout } = await run(executable, ['-p', 'process.versions.node']);
  return { version: stdout.trim(), executable };
}
