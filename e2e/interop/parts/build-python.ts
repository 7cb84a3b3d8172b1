import { readFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { cachedProgram } from '../../../tools/cached-program.js';
import { digestOf } from '../digest.js';
import type { Stage } from '../part.js';
import type { Command } from '../peer-process.js';
import { ECHO_PROTO, PEERS } from '../places.js';
import { runTool } from '../../../tools/run-tool.js';

const SOURCES = join(PEERS, 'python');
const REQUIREMENTS = join(SOURCES, 'requirements.txt');

/** Makes a virtual environment with what the Python peer uses, and with what is generated from the proto. */
export async function buildPython(stage: Stage): Promise<Command> {
  // An environment is of use to the very Python that made it.
  const interpreter = await runTool(stage, 'python3', ['-c', 'import sys; print(sys.executable, sys.version)']);
  const digest = digestOf(await readFile(REQUIREMENTS), await readFile(ECHO_PROTO), ...interpreter);
  const environment = await cachedProgram(`python-${digest}`, stage, async (output) => {
    await runTool(stage, 'python3', ['-m', 'venv', output]);
    await runTool(stage, pythonOf(output), ['-m', 'pip', 'install', '--quiet', '--requirement', REQUIREMENTS]);
    const protoc = ['-m', 'grpc_tools.protoc', `-I${dirname(ECHO_PROTO)}`, basename(ECHO_PROTO)];
    await runTool(stage, pythonOf(output), [...protoc, `--python_out=${output}`, `--grpc_python_out=${output}`]);
  });
  return {
    command: pythonOf(environment),
    args: ['-m', 'peer'],
    // No compiled files beside the sources, which are in the repository.
    env: { PYTHONPATH: [SOURCES, environment].join(delimiter), PYTHONDONTWRITEBYTECODE: '1' },
  };
}

function pythonOf(environment: string): string {
  return join(environment, 'bin', 'python');
}
