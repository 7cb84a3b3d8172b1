import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { ProgramEnd } from '../../tools/program.js';
import { RepositoryProgram } from '../../tools/repository-program.js';
import { deadUrl, httpEndpoint } from '../helpers/endpoints.js';
import { comparable, outputInReadme } from '../helpers/example-output.js';
import { JaegerCollector, type ReceivedSpan } from '../helpers/jaeger-collector.js';
import { SENT_WHEN_TOLD } from '../helpers/sent-when-told.js';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function program(file: string, env: NodeJS.ProcessEnv): RepositoryProgram {
  const started = new RepositoryProgram(`examples/greeter/${file}`, { ...SENT_WHEN_TOLD, ...env });
  closers.push(() => started.kill());
  return started;
}

async function jaeger(): Promise<JaegerCollector> {
  const collector = await JaegerCollector.start();
  closers.push(() => collector.close());
  return collector;
}

async function startServer(env: NodeJS.ProcessEnv): Promise<{ server: RepositoryProgram; address: string }> {
  const server = program('server.ts', { ...env, GREETER_ADDRESS: '127.0.0.1:0' });
  const [, address = ''] = await server.line(/^greeter-server listens on (127\.0\.0\.1:\d+)$/);
  return { server, address };
}

function runClient(address: string, env: NodeJS.ProcessEnv): Promise<ProgramEnd> {
  return program('client.ts', { ...env, GREETER_ADDRESS: address }).ended;
}

const NO_PARENT = '0'.repeat(16);
const RESOURCE = { exporter: 'jaeger', float: 312.23 };

/** By service and kind: there is one of each in a run of the pair. */
function pick(spans: readonly ReceivedSpan[], service: string, kind: string | undefined): ReceivedSpan {
  const [span, ...others] = spans.filter((each) => each.service === service && each.tags['span.kind'] === kind);
  if (span === undefined || others.length > 0)
    throw new Error(`not one ${String(kind)} span: ${JSON.stringify(spans)}`);
  return span;
}

describe('server and client, each in its own process', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('deliver one linked trace, the server its part at %s', async (signal) => {
    const collector = await jaeger();
    const env = { JAEGER_ENDPOINT: collector.endpoint };
    const { server, address } = await startServer(env);
    const client = await runClient(address, env);
    expect(collector.spans.map((span) => span.service)).toEqual(['greeter-client', 'greeter-client']);
    server.signal(signal);

    expect(await server.ended).toMatchObject({ code: 0, stderr: [] });
    expect(client).toMatchObject({ code: 0, stderr: [], stdout: [expect.stringMatching(/^trace /), 'Hello world'] });
    const traceId = client.stdout[0]?.replace('trace ', '');
    const root = pick(collector.spans, 'greeter-client', undefined);
    const call = pick(collector.spans, 'greeter-client', 'client');
    const served = pick(collector.spans, 'greeter-server', 'server');
    const rpc = { ...RESOURCE, 'rpc.method': 'helloworld.Greeter/SayHello', 'rpc.status_code': 'OK' };
    expect(collector.spans).toHaveLength(3);
    expect(root).toMatchObject({ name: 'greet', traceId, parentSpanId: NO_PARENT, tags: RESOURCE });
    expect(call).toMatchObject({ name: rpc['rpc.method'], traceId, parentSpanId: root.spanId, tags: rpc });
    expect(served).toMatchObject({ name: rpc['rpc.method'], traceId, parentSpanId: call.spanId, tags: rpc });
  });

  test('run as a pair by one command', async () => {
    const collector = await jaeger();
    const end = await program('pair.ts', { JAEGER_ENDPOINT: collector.endpoint }).ended;

    expect(end).toMatchObject({ code: 0, stderr: [] });
    expect(comparable(end.stdout)).toEqual(comparable(outputInReadme('greeter')));
    expect(collector.spans.map((span) => span.service).sort()).toEqual([
      'greeter-client',
      'greeter-client',
      'greeter-server',
    ]);
  });

  test('send OTLP where OTEL_EXPORTER_OTLP_ENDPOINT says so', async () => {
    const requests: string[] = [];
    const collector = await httpEndpoint((request, response) => {
      requests.push(`${String(request.method)} ${String(request.url)} ${String(request.headers['content-type'])}`);
      request.resume().on('end', () => response.end());
    });
    closers.push(() => collector.close());
    const end = await program('pair.ts', { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }).ended;

    expect(end).toMatchObject({ code: 0, stderr: [] });
    expect(requests).toEqual(Array.from({ length: 2 }, () => 'POST /v1/traces application/x-protobuf'));
  });

  test('say in one line each that Jaeger does not answer, and work', async () => {
    const endpoint = await deadUrl();
    const { server, address } = await startServer({ JAEGER_ENDPOINT: endpoint });
    const client = await runClient(address, { JAEGER_ENDPOINT: endpoint });
    server.signal('SIGTERM');

    const line = (spans: number): unknown => [
      expect.stringContaining(`Spans lost: ${spans}. Jaeger at ${endpoint} did not take them (`),
    ];
    expect(client).toMatchObject({ code: 0, stderr: line(2) });
    expect(client.stdout.at(-1)).toBe('Hello world');
    expect(await server.ended).toMatchObject({ code: 0, stderr: line(1) });
  });
});

test('a server that cannot have its address says so in one line', async () => {
  const { address } = await startServer({ JAEGER_ENDPOINT: await deadUrl() });
  const second = program('server.ts', { GREETER_ADDRESS: address, JAEGER_ENDPOINT: await deadUrl() });

  const end = await second.ended;
  expect(end).toMatchObject({ code: 1, stdout: [] });
  // Before it comes a line of grpc-js' own.
  expect(end.stderr.at(-1)).toMatch(`greeter-server did not start: Error: No address added`);
});

test('a client without a server says so, and its spans are delivered', async () => {
  const collector = await jaeger();
  const address = new URL(await deadUrl()).host;
  const end = await runClient(address, { JAEGER_ENDPOINT: collector.endpoint });

  expect(end).toMatchObject({ code: 1, stderr: [expect.stringContaining('UNAVAILABLE')] });
  expect(pick(collector.spans, 'greeter-client', 'client').tags).toMatchObject({ 'rpc.status_code': 'UNAVAILABLE' });
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s to a client that waits cancels its call, and its spans are delivered',
  async (signal) => {
    const collector = await jaeger();
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const connected = once(silent, 'connection') as Promise<[Socket]>;
    const client = program('client.ts', {
      JAEGER_ENDPOINT: collector.endpoint,
      // The cast: address() of a server that listens on a port is never a string or null.
      GREETER_ADDRESS: `127.0.0.1:${(silent.address() as AddressInfo).port}`,
    });
    const [socket] = await connected;
    closers.push(async () => {
      socket.destroy();
      await once(silent.close(), 'close');
    });
    client.signal(signal);

    expect(await client.ended).toMatchObject({ code: 1, stderr: [expect.stringContaining('CANCELLED')] });
    expect(pick(collector.spans, 'greeter-client', 'client').tags).toMatchObject({ 'rpc.status_code': 'CANCELLED' });
  },
);
