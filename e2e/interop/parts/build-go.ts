import { join } from 'node:path';
import { CACHE } from '../../../tools/places.js';
import type { PartStage } from '../../../tools/run-on-stage.js';
import type { Command } from '../peer-process.js';
import { PEERS } from '../places.js';
import { runTool } from '../../../tools/run-tool.js';

const SOURCES = join(PEERS, 'go');

/** Builds one of the Go peers; Go itself knows what it has built before. */
export async function buildGo(stage: PartStage, name: string): Promise<Command> {
  const command = join(CACHE, 'interop', 'go', name);
  await runTool(stage, 'go', ['build', '-o', command, `./cmd/${name}`], { cwd: SOURCES });
  return { command, args: [] };
}
