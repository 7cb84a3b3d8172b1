import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProgramEnd } from '../../tools/program.js';
import { RepositoryProgram } from '../../tools/repository-program.js';
import { treeOf, TREE } from '../helpers/demo-tree.js';
import { deadUrl, httpEndpoint } from '../helpers/endpoints.js';
import { comparable, outputInReadme } from '../helpers/example-output.js';
import { JaegerCollector } from '../helpers/jaeger-collector.js';
import { SENT_WHEN_TOLD } from '../helpers/sent-when-told.js';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** The longest service's name sets where the branches begin. */
const TREE_LINE = /^(.{11})([├└│ ]*)(\w+) +(client|server) (?:[✗⊘] )?(\w+)$/;

function demo(env?: NodeJS.ProcessEnv, args: readonly string[] = []): RepositoryProgram {
  const program = new RepositoryProgram('examples/demo/main.ts', { ...SENT_WHEN_TOLD, ...env }, args);
  closers.push(() => program.kill());
  return program;
}

async function jaeger(): Promise<JaegerCollector> {
  const collector = await JaegerCollector.start();
  closers.push(() => collector.close());
  return collector;
}

function traceIdOf({ stdout }: ProgramEnd): string | undefined {
  return /^trace ([0-9a-f]{32})$/.exec(String(stdout[0]))?.[1];
}

test('prints one trace over all services, with the failing and the cancelled call', async () => {
  const end = await demo().ended;

  expect(end).toMatchObject({ code: 0, stderr: [] });
  expect(traceIdOf(end)).toBeDefined();
  expect(treeOf(end.stdout)).toEqual(TREE);
  // The last line is empty.
  expect(comparable(end.stdout.slice(0, -1))).toEqual(comparable(outputInReadme('demo')));
  // Piped, that is 80 columns and no escape codes.
  expect(Math.max(...end.stdout.map((line) => Array.from(line).length))).toBeLessThanOrEqual(80);
  expect(end.stdout.join('')).not.toMatch(/\p{C}/u);
});

test('writes the same spans as a page', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'demo-'));
  closers.push(() => rm(directory, { recursive: true }));
  const file = join(directory, 'trace.html');
  const end = await demo({}, ['--html', file]).ended;

  expect(end).toMatchObject({ code: 0, stderr: [] });
  expect(end.stdout.at(-1)).toBe(`page written to ${file}`);
  const page = await readFile(file, 'utf8');
  expect(page).toContain(`<title>Trace ${String(traceIdOf(end))}</title>`);
  const items = [...page.matchAll(/role="treeitem" aria-level="(\d)".* aria-label="(.*), [\d.]+ m?s, (\w+)/g)];
  expect(items.map(([, level, name, status]) => `${String(level)} ${String(name)} ${String(status)}`)).toEqual(
    TREE.map((line) => {
      const [, service = '', branch = '', method = '', side = '', status = ''] = TREE_LINE.exec(line) ?? [];
      return `${branch.length / 2 + 1} ${service.trimEnd()} ${method}, ${side} ${status}`;
    }),
  );
});

test('says that the page cannot be written, and does all else', async () => {
  const collector = await jaeger();
  const end = await demo({ JAEGER_ENDPOINT: collector.endpoint }, ['--html', join(__dirname, 'missing/trace.html')])
    .ended;

  expect(end).toMatchObject({ code: 1, stderr: [expect.stringMatching(/^The page was not written: ENOENT: /)] });
  expect(treeOf(end.stdout)).toEqual(TREE);
  expect(end.stdout.at(-1)).toBe(`18 spans sent to Jaeger at ${collector.endpoint}`);
});

test.each([
  [['--htm', 'trace.html'], "Unknown option '--htm'"],
  [['--html'], "Option '--html <value>' argument missing"],
  [['--html='], "Option '--html <value>' argument missing"],
  [['trace.html'], "Unexpected argument 'trace.html'. This command does not take positional arguments"],
])('with %p says what it does not know, and how it is used', async (args, line) => {
  const end = await demo({}, args).ended;

  expect(end).toEqual({ code: 1, stdout: [], stderr: [line, 'Usage: npm run demo [-- --html FILE]'] });
});

test('is coloured when FORCE_COLOR says so', async () => {
  const { stdout } = await demo({ FORCE_COLOR: '1' }).ended;

  expect(stdout.filter((line) => line.startsWith('\u001b[31m')).length).toBeGreaterThan(0);
});

test('prints the same tree whatever the environment tells the SDK', async () => {
  const end = await demo({ OTEL_TRACES_SAMPLER: 'always_off', OTEL_SERVICE_NAME: 'other' }).ended;

  expect(treeOf(end.stdout)).toEqual(TREE);
});

test('sends every span of the tree to Jaeger as well', async () => {
  const collector = await jaeger();
  const end = await demo({ JAEGER_ENDPOINT: collector.endpoint }).ended;

  expect(end).toMatchObject({ code: 0, stderr: [] });
  expect(end.stdout.at(-1)).toBe(`18 spans sent to Jaeger at ${collector.endpoint}`);
  expect(new Set(collector.spans.map((span) => span.traceId))).toEqual(new Set([traceIdOf(end)]));
  const ids = new Set(collector.spans.map((span) => span.spanId));
  const roots = collector.spans.filter((span) => !ids.has(span.parentSpanId));
  expect(roots.map((span) => span.service)).toEqual(['visitor']);
  const delivered = collector.spans.map(({ service, name, tags }) =>
    [service, name.slice(name.indexOf('/') + 1), tags['span.kind'], tags['rpc.status_code']].join(' '),
  );
  expect(delivered.sort()).toEqual(TREE.map((line) => line.replace(/[ ├└│✗⊘]+/g, ' ')).sort());
});

test('sends through OTLP as well', async () => {
  const requests: string[] = [];
  const collector = await httpEndpoint((request, response) => {
    requests.push(`${String(request.method)} ${String(request.url)} ${String(request.headers['content-type'])}`);
    request.resume().on('end', () => response.end());
  });
  closers.push(() => collector.close());

  const end = await demo({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }).ended;

  expect(end).toMatchObject({ code: 0, stderr: [] });
  expect(end.stdout.at(-1)).toBe(`18 spans sent to OTLP at ${collector.url}`);
  expect(requests).toEqual(Array.from({ length: 4 }, () => 'POST /v1/traces application/x-protobuf'));
});

describe.each([
  ['JAEGER_ENDPOINT', 'Jaeger'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTLP'],
])('with %s', (variable, system) => {
  async function expectOneClearLine(endpoint: string, reason = '.+'): Promise<void> {
    const end = await demo({ [variable]: endpoint }).ended;

    const line = new RegExp(`^${system} at ${endpoint} did not take the spans \\(${reason}\\)\\. .*${variable}`);
    expect(end).toMatchObject({ code: 0, stderr: [expect.stringMatching(line)] });
    expect(treeOf(end.stdout)).toEqual(TREE);
  }

  test('where nothing listens: one clear line, and the tree', async () => {
    await expectOneClearLine(await deadUrl());
  });

  test('where something listens and never answers: one clear line, and the tree', async () => {
    const silent = await httpEndpoint(() => undefined);
    closers.push(() => silent.close());

    // The reason is the demo's own limit: the exporters would wait for longer.
    await expectOneClearLine(silent.url, 'no answer in 2000 ms');
  });

  test('where something answers with an error: one clear line, and the tree', async () => {
    const refusing = await httpEndpoint((request, response) => {
      request.resume().on('end', () => response.writeHead(400).end());
    });
    closers.push(() => refusing.close());

    await expectOneClearLine(refusing.url);
  });
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s in the middle: every span ends and is sent', async (signal, code) => {
  const collector = await jaeger();
  collector.holdAnswers();
  const program = demo({ JAEGER_ENDPOINT: collector.endpoint });

  await program.line(/^trace /);
  program.signal(signal);
  await collector.firstBatch;
  collector.releaseAnswers();
  const end = await program.ended;

  expect(end.code).toBe(code);
  expect(collector.spans.length).toBeGreaterThan(0);
  expect(collector.spans).toHaveLength(treeOf(end.stdout).length);
  expect(end.stdout.at(-1)).toBe(`${collector.spans.length} spans sent to Jaeger at ${collector.endpoint}`);
});
