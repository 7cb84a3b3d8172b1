import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { askChild } from '../../../bench/child-process.js';
import type { Contestant } from '../../../bench/contestant.js';
import type { Measurement } from '../../../bench/document.js';
import { measure } from '../../../bench/measure.js';
import { THIS_NODE } from '../../../bench/nodes.js';
import type { Sampling } from '../../../bench/sampling.js';
import { Stage } from '../../../bench/stage.js';
import type { Task } from '../../../bench/task.js';
import { VARIANT_NAMES } from '../../../bench/variant-names.js';
import { ROOT } from '../../../tools/places.js';
import { SDK_2 } from '../../../tools/sdks.js';

const run = promisify(execFile);

/** Has the exports of this package, and traces nothing. */
const IDLE = `
const grpc = require('@grpc/grpc-js');
exports.tracingClientInterceptor = () => (options, nextCall) => new grpc.InterceptingCall(nextCall(options));
exports.tracingServerInterceptor = () => (definition, call) => new grpc.ServerInterceptingCall(call);
`;

let directory: string;
let built: string;
let idle: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bench-test-'));
  [built, idle] = [join(directory, 'built'), join(directory, 'idle')];
  await mkdir(join(idle, 'dist', 'cjs'), { recursive: true });
  await writeFile(join(idle, 'dist', 'cjs', 'index.js'), IDLE);
  for (const target of [built, idle]) {
    await mkdir(target, { recursive: true });
    await cp(join(ROOT, 'package.json'), join(target, 'package.json'));
  }
  await run(process.execPath, [join(ROOT, 'scripts', 'build.mjs'), built]);
});

afterAll(() => rm(directory, { recursive: true }));

async function measured(
  contestants: readonly Contestant[],
  sampling: Sampling,
  rounds = 1,
  keep: Parameters<typeof measure>[2] = () => Promise.resolve(),
): Promise<Measurement | undefined> {
  const setting = { node: THIS_NODE.version, sdk: 2, sampling, load: 'unary', inFlight: 3, calls: 5 } as const;
  const bench = { programs: [THIS_NODE], core: undefined, rounds };
  const [measurement] = await measure([{ setting, contestants }], bench, keep);
  return measurement;
}

describe('every variant makes the spans that it is there to make', () => {
  let stage: Stage;
  let script: string;

  beforeAll(async () => {
    stage = await Stage.create(SDK_2, built);
    script = await stage.script(join(ROOT, 'bench', 'child', 'main.ts'));
  });

  afterAll(() => stage.remove());

  it.each(VARIANT_NAMES)('%s', async (variant) => {
    const task: Task = { kind: 'cpu', variant, sampling: 'sampled', load: 'bidi of 2', inFlight: 3, calls: 5 };
    const command = { executable: process.execPath, args: ['--expose-gc'] };
    expect(await askChild(command, script, task)).toBeGreaterThan(0);
  });
});

it('a round has the CPU and the bytes of a call', async () => {
  const measurement = await measured([{ variant: 'ours + metrics', lib: built }], 'unsampled');
  const [samples] = measurement?.samples ?? [];
  expect(samples).toMatchObject({ name: `ours + metrics (${built})`, variant: 'ours + metrics' });
  expect(samples?.cpu[0]).toBeGreaterThan(0);
  expect(samples?.bytes[0]).toBeGreaterThan(1000);
});

it('what has been measured is handed out after each round', async () => {
  const kept: (number | undefined)[] = [];
  await measured([{ variant: 'bare' }], 'no SDK', 2, ([measurement]) => {
    kept.push(measurement?.samples[0]?.cpu.filter((sample) => sample !== null).length);
    return Promise.resolve();
  });
  expect(kept).toEqual([1, 2]);
});

it('a build that makes no spans is not measured', async () => {
  await expect(measured([{ variant: 'ours', lib: idle }], 'sampled')).rejects.toThrow('ended with 1');
});

it('without an SDK, there are no spans to miss', async () => {
  const measurement = await measured([{ variant: 'ours', lib: idle }], 'no SDK');
  expect(measurement?.samples[0]?.cpu[0]).toBeGreaterThan(0);
});
