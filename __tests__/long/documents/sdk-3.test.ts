import { readFileSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Fixture } from '../../../e2e/environments/fixture.js';
import type { Sdk } from '../../../tools/sdks.js';
import { install } from '../../../tools/cache.js';
import { ROOT } from '../../../tools/places.js';
import { Program } from '../../../tools/program.js';
import { installNode } from '../../../tools/runtimes.js';
import { httpEndpoint, type Endpoint } from '../../helpers/endpoints.js';
import { snippetsOf } from '../../helpers/readme.js';

/** What the two pages say of SDK 3. */
const SECTIONS = ['getting-started', 'exporting'].map((name) => {
  const page = readFileSync(join(ROOT, 'docs', `${name}.md`), 'utf8');
  const [, section = ''] = /^## With SDK 3\n(.*?)^## /ms.exec(page) ?? [];
  return { page, section };
});
const PROGRAMS = SECTIONS.flatMap(({ section }) => snippetsOf(section, 'js'));
const [CONSOLE = '', OTLP = '', METRICS = '', PROMETHEUS = ''] = PROGRAMS;

/** The program of SDK 2, without the lines that others stand in for. */
const [GREETER = ''] = snippetsOf(SECTIONS[0]?.page ?? '', 'js');
const REST = GREETER.split('\n').filter((line) => !line.includes('NodeTracerProvider'));

const METHOD = 'helloworld.Greeter/SayHello';

/** What the pages say to install, this package excepted. */
function dependencies(): Readonly<Record<string, string>> {
  const lines = SECTIONS.flatMap(({ section }) => [...section.matchAll(/^npm install (.+)$/gm)]);
  const named = lines.flatMap(([, names = '']) => names.split(' '));
  const parsed = named.map((name) => /^(.+?)(?:@([\d.]+))?$/.exec(name) ?? []);
  const versions = parsed.map(([, name = '', version = '*']) => [name, version] as const);
  return Object.fromEntries(versions.filter(([name]) => name !== 'grpc-js-opentelemetry'));
}

const SDK_3: Sdk = {
  name: 'documents',
  packages: dependencies(),
  modules: async () => join(await install(join('documents', 'sdk-3'), SDK_3.packages), 'node_modules'),
  node: () => installNode(24),
};

let node: string;
let fixture: Fixture;

beforeAll(async () => {
  node = await SDK_3.node();
  fixture = await Fixture.create(SDK_3);
  await mkdir(fixture.inside('protos'));
  await copyFile(join(ROOT, 'protos/helloworld.proto'), fixture.inside('protos', 'helloworld.proto'));
});

afterAll(() => fixture.remove());

let program: Program | undefined;
let endpoint: Endpoint | undefined;

afterEach(async () => {
  await program?.kill();
  await endpoint?.close();
  program = endpoint = undefined;
});

/** The greeter, with these lines in place of those of SDK 2. */
async function run(name: string, lines: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Program> {
  await writeFile(fixture.inside(name), [...lines, ...REST].join('\n'));
  program = new Program(node, [name], { cwd: fixture.inside(), env: { PATH: process.env['PATH'], ...env } });
  return program;
}

it('two lines of the program give way', () => {
  expect(REST).toHaveLength(GREETER.split('\n').length - 2);
  expect(PROGRAMS).toHaveLength(4);
});

it('on the console, two linked spans', async () => {
  const { code, stdout, stderr } = await (await run('console.js', [CONSOLE])).ended;

  expect({ code, stderr }).toEqual({ code: 0, stderr: [] });
  const printed = stdout.join('\n');
  expect(printed).toContain('Hello world');
  expect(printed.match(new RegExp(`name: '${METHOD}'`, 'g'))).toHaveLength(2);
  expect(new Set(printed.match(/traceId: '[0-9a-f]{32}'/g)).size).toBe(1);
});

it('by OTLP, spans and metrics with the resource', async () => {
  const bodies = new Map<string, string>();
  endpoint = await httpEndpoint((request, response) => {
    void told(request).then((body) => {
      bodies.set(request.url ?? '', body);
      response.end();
    });
  });
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint.url,
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
  };
  const end = await (await run('otlp.js', [OTLP, METRICS], env)).ended;

  expect(end).toEqual({ code: 0, stdout: ['Hello world'], stderr: [] });
  expect([...bodies.keys()].toSorted()).toEqual(['/v1/metrics', '/v1/traces']);
  expect(bodies.get('/v1/traces')?.split(METHOD)).toHaveLength(5);
  expect(bodies.get('/v1/metrics')).toMatch(/rpc\.client\.call\.duration.*rpc\.server\.call\.duration/s);
  for (const body of bodies.values()) {
    expect(body).toMatch(/service\.name\W+greeter/);
    expect(body).toMatch(/deployment\.environment\.name\W+test/);
    expect(body).toMatch(/telemetry\.sdk\.version\W+3\./);
  }
});

/** Protobuf has its texts as they are. */
function told(request: IncomingMessage): Promise<string> {
  return text(request.setEncoding('latin1'));
}

/** The page's port may be taken here: whoever asks for it gets a free one, which is printed. Ends with its input. */
const ON_A_FREE_PORT = `
const { Server } = require('node:net');
const { listen } = Server.prototype;
Server.prototype.listen = function (options, ...rest) {
  if (options.port !== 9464) return listen.call(this, options, ...rest);
  this.once('listening', () => console.log('9464 is ' + this.address().port));
  return listen.call(this, { ...options, port: 0 }, ...rest);
};
process.stdin.resume();
`;

it('for Prometheus, a page with both durations and the resource', async () => {
  const running = await run('prometheus.js', [ON_A_FREE_PORT, OTLP, PROMETHEUS]);
  const [, port] = await running.line(/^9464 is (\d+)$/);
  await running.line(/^Hello world$/);
  // The server's side of a call may end after the client's.
  let page = '';
  while (!page.includes('rpc_server_call_duration_count')) page = await scraped(Number(port));

  expect(page).toMatch(/^target_info\{service_name="greeter",/m);
  expect(page).toMatch(new RegExp(`^rpc_client_call_duration_count\\{.*rpc_method="${METHOD}".*\\} 1$`, 'm'));
  expect(page).toMatch(new RegExp(`^rpc_server_call_duration_count\\{.*rpc_method="${METHOD}".*\\} 1$`, 'm'));
});

/** The view of the page on attributes, for the provider that Prometheus asks. */
function withFinerBuckets(): string[] {
  const attributes = readFileSync(join(ROOT, 'docs/attributes.md'), 'utf8');
  const [view = ''] = snippetsOf(attributes, 'ts').filter((snippet) => snippet.includes('AggregationType'));
  return [
    "const { metrics } = require('@opentelemetry/api');",
    "const { PrometheusExporter } = require('@opentelemetry/exporter-prometheus');",
    view
      .replace(/^import (\{.+\}) from (.+);$/m, 'const $1 = require($2);')
      .replace('new MeterProvider({', 'new MeterProvider({ readers: [new PrometheusExporter()],'),
    'metrics.setGlobalMeterProvider(meterProvider);',
  ];
}

it('with the view of the page on attributes, finer buckets', async () => {
  const running = await run('buckets.js', [ON_A_FREE_PORT, OTLP, ...withFinerBuckets()]);
  const [, port] = await running.line(/^9464 is (\d+)$/);
  await running.line(/^Hello world$/);
  let page = '';
  while (!page.includes('rpc_server_call_duration_count')) page = await scraped(Number(port));

  for (const side of ['client', 'server']) {
    const buckets = page.matchAll(new RegExp(`^rpc_${side}_call_duration_bucket\\{.*le="([^"]+)"`, 'gm'));
    expect([...buckets].map(([, limit]) => limit)).toEqual(
      '0.0001 0.00025 0.0005 0.001 0.0025 0.005 0.01 0.025 0.05 0.1 0.25 0.5 1 2.5 5 10 +Inf'.split(' '),
    );
  }
});

async function scraped(port: number): Promise<string> {
  const response = await fetch(`http://localhost:${port}/metrics`);
  return response.text();
}
