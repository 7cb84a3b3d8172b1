import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { TracingOptions } from '../../lib/index.js';
import { streamToSlowReader } from './slow-reader.js';

// What a long server stream to a slow reader holds in memory with and without tracing:
//   tsx scripts/backpressure.ts [messages, default 1000000] [rounds, default 3]
// Each run has a process of its own; of each mode, the median of the rounds counts.

const MODES: Readonly<Record<string, () => TracingOptions | undefined>> = {
  'without tracing': () => undefined,
  'with tracing': () => ({ tracerProvider: new NodeTracerProvider() }),
  'with message events': () => ({ tracerProvider: new NodeTracerProvider(), messageEvents: true }),
};
const UNTRACED = 'without tracing';
const MEGABYTE = 1_000_000;

interface Result {
  readonly seconds: number;
  readonly mostInFlight: number;
  readonly mostHeld: number;
  readonly maxResident: number;
}
const MEASURES = ['mostHeld', 'maxResident'] as const;

/** In the child process. */
async function measure(mode: string, count: number): Promise<void> {
  const startedAt = performance.now();
  const { mostInFlight, mostHeld } = await streamToSlowReader(count, MODES[mode]?.());
  const result: Result = {
    seconds: (performance.now() - startedAt) / 1000,
    mostInFlight,
    mostHeld,
    maxResident: process.resourceUsage().maxRSS * 1024,
  };
  console.log(JSON.stringify(result));
}

async function measureApart(mode: string, count: number): Promise<Result> {
  const args = ['--import', 'tsx', __filename, String(count), 'one', mode];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  // The cast: measure() has printed it.
  const result = JSON.parse(stdout) as Result;
  const megabytes = MEASURES.map((measure) => `${measure} ${(result[measure] / MEGABYTE).toFixed(1)} MB`).join(', ');
  console.log(`${mode}: ${result.seconds.toFixed(1)} s, ${result.mostInFlight} in flight, ${megabytes}`);
  return result;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

async function compare(count: number, rounds: number): Promise<void> {
  const results = new Map(Object.keys(MODES).map((mode): [string, Result[]] => [mode, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [mode, measured] of results) measured.push(await measureApart(mode, count));
  }
  const untraced = results.get(UNTRACED) ?? [];
  for (const [mode, measured] of results) {
    const ratios = MEASURES.map((measure) => {
      const [with_, without] = [measured, untraced].map((runs) => median(runs.map((run) => run[measure])));
      return `${measure} × ${((with_ ?? NaN) / (without ?? NaN)).toFixed(3)}`;
    });
    console.log(`${mode}: ${ratios.join(', ')}`);
  }
}

const [count = '1000000', rounds = '3', mode] = process.argv.slice(2);
void (mode === undefined ? compare(Number(count), Number(rounds)) : measure(mode, Number(count)));
