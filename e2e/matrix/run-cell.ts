import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Runtime } from '../../tools/runtimes.js';
import type { Sdk } from './cells.js';

const run = promisify(execFile);

const CELL_MILLIS = 180_000;
const MAX_OUTPUT_BYTES = 10_000_000;

export interface CellResult {
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly string[];
}

/** Runs the suite in a runtime; an end without a result is a failure. */
export async function runCell(runtime: Runtime, installed: string, sdk: Sdk, suite: string): Promise<CellResult> {
  const executable = runtime.spec === undefined ? runtime.executable : join(installed, runtime.executable);
  try {
    const { stdout } = await run(executable, [...runtime.args, suite], {
      env: { ...process.env, MATRIX_SDK: sdk.provider },
      timeout: CELL_MILLIS,
      maxBuffer: MAX_OUTPUT_BYTES,
    });
    // The suite prints one line of this form.
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as CellResult;
  } catch (error) {
    return { passed: 0, failed: 1, failures: [`the suite did not end well: ${String(error).slice(0, 2000)}`] };
  }
}
