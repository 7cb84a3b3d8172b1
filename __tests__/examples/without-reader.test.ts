import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { ROOT } from '../../tools/places.js';
import { JaegerCollector } from '../helpers/jaeger-collector.js';

let group: ChildProcess | undefined;
let collector: JaegerCollector;

beforeEach(async () => {
  collector = await JaegerCollector.start();
});

afterEach(async () => {
  endGroup();
  await collector.close();
});

/** The program and what it has started: a pair that fails leaves its server behind. */
function endGroup(): void {
  const pid = group?.pid;
  group = undefined;
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // All have ended by themselves.
  }
}

const PROGRAMS = [
  ...[
    'demo',
    'otlp',
    'streaming',
    'metrics',
    'filters',
    'public-endpoint',
    'tenants',
    'trace-bin',
    'logs',
    'nestjs',
  ].map((example) => `${example}/main.ts`),
  'greeter/pair.ts',
];

test.each(PROGRAMS)('%s goes on in silence when nobody reads what it prints', async (program) => {
  const started = spawn(process.execPath, ['--import', 'tsx', `examples/${program}`], {
    cwd: ROOT,
    env: { ...process.env, JAEGER_ENDPOINT: collector.endpoint, OTEL_EXPORTER_OTLP_ENDPOINT: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  group = started;
  started.stdout.destroy();
  const stderr = text(started.stderr);
  const end: unknown = await once(started, 'exit');
  endGroup();

  expect({ end, stderr: await stderr }).toEqual({ end: [0, null], stderr: '' });
});
