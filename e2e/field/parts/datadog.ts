import { deepStrictEqual } from 'node:assert';
import type { SpanLine } from '../exchange.js';
import { installNode } from '../../../tools/runtimes.js';
import { OVERWRITTEN } from '../outside.js';
import type { Part, Stage } from '../part.js';
import { FieldProgram } from '../run-program.js';
import { assertCounts, childrenOf, ours } from '../spans.js';

/** Four shapes and a call that is refused. */
const calls = 5;

const CONVENTIONS = ['rpc', 'rpc/dup', 'rpc/old'];

/** Quiet, and nothing but traces. */
const ENV = {
  DD_TRACE_STARTUP_LOGS: 'false',
  DD_INSTRUMENTATION_TELEMETRY_ENABLED: 'false',
  DD_REMOTE_CONFIGURATION_ENABLED: 'false',
};

/** Of the spans of calls, whether ours or those of the agent's own plugin. */
interface Counts {
  readonly client: number;
  readonly server: number;
  /** SERVER spans of ours whose parent is a CLIENT span of ours. */
  readonly linked: number;
  /** SERVER spans of ours whose parent is one that the http2 plugin has made. */
  readonly below: number;
}

function countsOf(spans: readonly SpanLine[]): Counts {
  const [client, server] = [ours(spans, 'CLIENT'), ours(spans, 'SERVER')];
  const theirs = spans.filter(({ scope }) => scope === 'grpc');
  const http2 = spans.filter(({ scope }) => scope === 'http2');
  return {
    client: [...client, ...theirs].filter(({ kind }) => kind === 'CLIENT').length,
    server: [...server, ...theirs].filter(({ kind }) => kind === 'SERVER').length,
    linked: childrenOf(client, server).length,
    below: childrenOf(http2, server).length,
  };
}

const typesOf = (spans: readonly SpanLine[], kind: 'CLIENT' | 'SERVER'): readonly unknown[] => [
  ...new Set(ours(spans, kind).map(({ attributes }) => attributes['span.type'])),
];

async function runRelease(stage: Stage, version: string, executable: string): Promise<void> {
  const dependencies = { '@msgpack/msgpack': '3.1.3', '@opentelemetry/api': '1.9.1', 'dd-trace': version };
  const directory = `datadog-${version.split('.')[0]}`;
  const program = await FieldProgram.install(stage, 'datadog', dependencies, { directory });
  const run = async (disabled: string, env: Readonly<Record<string, string>> = {}): Promise<readonly SpanLine[]> => {
    const options = { executable, env: { ...ENV, ...env, DD_TRACE_DISABLED_PLUGINS: disabled } };
    return (await program.runBoth(options)).spans;
  };
  const row = { library: 'dd-trace', versions: await program.versionOf('dd-trace'), calls, same: true };

  const check = (spans: readonly SpanLine[], expected: Counts): Counts => {
    assertCounts({ ...countsOf(spans) }, { ...expected }, spans);
    return expected;
  };

  const whole = { client: calls, server: calls, linked: calls, below: 0 };
  for (const convention of CONVENTIONS) {
    const spans = await run('grpc,http2', { OTEL_SEMCONV_STABILITY_OPT_IN: convention });
    check(spans, whole);
    deepStrictEqual([typesOf(spans, 'CLIENT'), typesOf(spans, 'SERVER')], [[undefined], [undefined]], convention);
  }
  const typed = await run('grpc,http2', { INTERCEPTORS: 'as shown' });
  stage.row({ ...row, how: 'both interceptors, its grpc and http2 off', ...check(typed, whole) });
  deepStrictEqual([typesOf(typed, 'CLIENT'), typesOf(typed, 'SERVER')], [['http'], ['web']]);

  const single = { client: calls, server: calls, linked: 0, below: calls };
  const outside = OVERWRITTEN;
  stage.row({ ...row, how: 'both interceptors, its grpc off', ...check(await run('grpc'), single), outside });

  const doubled = { client: 2 * calls, server: 2 * calls, linked: 0, below: calls };
  stage.row({ ...row, how: 'both interceptors, its grpc on', ...check(await run(''), doubled), outside });
}

export const datadog: Part = {
  name: 'datadog',
  async run(stage) {
    await runRelease(stage, '5.132.0', process.execPath);
    await runRelease(stage, '6.21.0', await installNode(24));
  },
};
