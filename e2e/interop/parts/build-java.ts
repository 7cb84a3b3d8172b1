import { readdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { cachedProgram } from '../../../tools/cached-program.js';
import { digestOf } from '../digest.js';
import type { Stage } from '../part.js';
import type { Command } from '../peer-process.js';
import { ECHO_PROTO, PEERS } from '../places.js';
import { runTool } from '../../../tools/run-tool.js';

const SOURCES = join(PEERS, 'java');

/** Builds the Java peer by Maven: its classes, and the jars of all that they use. */
export async function buildJava(stage: Stage): Promise<Command> {
  const names = (await readdir(SOURCES, { recursive: true })).filter((name) => /\.(java|xml)$/.test(name));
  const paths = [...names.toSorted().map((name) => join(SOURCES, name)), ECHO_PROTO];
  const digest = digestOf(...(await Promise.all(paths.map((path) => readFile(path)))));
  const program = await cachedProgram(`java-${digest}`, stage, async (output) => {
    await runTool(stage, 'mvn', ['--quiet', '--batch-mode', `-Dinterop.build=${output}`, 'compile'], { cwd: SOURCES });
  });
  const classPath = [join(program, 'classes'), join(program, 'lib', '*')].join(delimiter);
  return { command: 'java', args: ['-cp', classPath, 'interop.Main'] };
}
