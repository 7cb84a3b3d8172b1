import { deepStrictEqual } from 'node:assert/strict';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { PACKAGE_NAME, PACKAGE_VERSION } from '../../../lib/version.js';
import { RepositoryProgram } from '../../../tools/repository-program.js';
import { eventually } from '../../../tools/eventually.js';
import type { PartStage } from '../../../tools/run-on-stage.js';
import { expectedContent, type JaegerContent, type Protocol, type SpanContent } from './expected.js';
import type { Jaeger } from './jaeger.js';
import type { JaegerSpan } from './query.js';

const METHOD = 'helloworld.Greeter/SayHello';

/** Stands for the port that the client's connection got. */
const ANY_PORT = 0;

/** A span's content, and that of its parent instead of its id. */
interface PairSpan extends JaegerContent {
  readonly parent: string | undefined;
}

/** Runs `npm run example:greeter` and compares what Jaeger shows with what is written here. @returns how many spans */
export async function compareGreeterPair(
  stage: PartStage,
  { query }: Jaeger,
  env: NodeJS.ProcessEnv,
  protocol: Protocol,
): Promise<number> {
  const pair = new RepositoryProgram('examples/greeter/pair.ts', env);
  stage.onEnd(() => pair.kill());
  const { code, stdout, stderr } = await pair.ended;
  deepStrictEqual({ code, stderr, lines: stdout.length }, { code: 0, stderr: [], lines: 3 });

  const [listens, trace] = stdout;
  const port = Number(listens?.split(':').at(-1));
  const traceId = String(trace?.split(' ').at(-1));
  const expected = expectedPair(port).map(({ content, parent }) => ({ ...expectedContent(content, protocol), parent }));
  const spans = await eventually(`trace ${traceId}`, async () => {
    const found = await query.trace(traceId);
    return found.length >= expected.length ? found : undefined;
  });
  const shown = spans.map((span) => pairSpan(span, spans));
  deepStrictEqual(inOrder(shown), inOrder(expected));
  return spans.length;
}

function expectedPair(port: number): readonly { content: SpanContent; parent: string | undefined }[] {
  const common = { status: { code: SpanStatusCode.UNSET }, events: [] };
  // As Kratos' example has them.
  const resource = (service: string) => ({
    attributes: { 'service.name': service, exporter: 'jaeger', float: 312.23 },
  });
  const call = {
    ...common,
    name: METHOD,
    instrumentationScope: { name: PACKAGE_NAME, version: PACKAGE_VERSION },
  };
  const attributes = {
    'rpc.system.name': 'grpc',
    'rpc.method': METHOD,
    'rpc.status_code': 'OK',
    'server.address': '127.0.0.1',
    'server.port': port,
    'network.peer.address': '127.0.0.1',
  };
  const root: SpanContent = {
    ...common,
    name: 'greet',
    kind: SpanKind.INTERNAL,
    attributes: {},
    resource: resource('greeter-client'),
    instrumentationScope: { name: 'greeter-client' },
  };
  const client: SpanContent = {
    ...call,
    kind: SpanKind.CLIENT,
    attributes: { ...attributes, 'network.peer.port': port },
    resource: resource('greeter-client'),
  };
  const server: SpanContent = {
    ...call,
    kind: SpanKind.SERVER,
    attributes: { ...attributes, 'network.peer.port': ANY_PORT },
    resource: resource('greeter-server'),
  };
  return [
    { content: root, parent: undefined },
    { content: client, parent: 'greeter-client greet' },
    { content: server, parent: `greeter-client ${METHOD}` },
  ];
}

function pairSpan(span: JaegerSpan, all: readonly JaegerSpan[]): PairSpan {
  const { service, name, tags, process, logs, warnings, parentSpanId } = span;
  const parent = all.find(({ spanId }) => spanId === parentSpanId);
  const isServer = tags['span.kind'] === 'server' && typeof tags['network.peer.port'] === 'number';
  return {
    service,
    name,
    tags: isServer ? { ...tags, 'network.peer.port': ANY_PORT } : tags,
    process,
    logs,
    warnings,
    parent: parentSpanId && (parent ? `${parent.service} ${parent.name}` : 'a span that is not there'),
  };
}

function inOrder(spans: readonly PairSpan[]): PairSpan[] {
  const key = ({ service, name }: PairSpan): string => `${service} ${name}`;
  return [...spans].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
