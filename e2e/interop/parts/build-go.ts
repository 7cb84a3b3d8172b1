import { join } from 'node:path';
import type { Stage } from '../part.js';
import type { Command } from '../peer-process.js';
import { PEERS } from '../places.js';
import { runTool } from '../tool.js';

const SOURCES = join(PEERS, 'go');

/** Builds one of the Go peers; Go itself knows what it has built before. */
export async function buildGo(stage: Stage, name: string): Promise<Command> {
  const command = join(stage.cacheDirectory, 'go', name);
  await runTool(stage, 'go', ['build', '-o', command, `./cmd/${name}`], { cwd: SOURCES });
  return { command, args: [] };
}
