import { deepStrictEqual } from 'node:assert';
import type { SpanLine } from '../exchange.js';
import { installNode } from '../../../tools/runtimes.js';
import { OVERWRITTEN } from '../outside.js';
import type { Part, Stage } from '../part.js';
import { FieldProgram } from '../run-program.js';
import { assertCounts, childrenOf, ours } from '../spans.js';

const METHODS = ['Unary', 'ClientStream', 'ServerStream', 'Bidi'].map((name) => `test.Echo/${name}`);

/** Four shapes and a call that is refused. */
const calls = METHODS.length + 1;

const TWO_HEADERS =
  'The agent’s gRPC instrumentation adds a second `traceparent` to the headers, and two count as none: the SERVER span is a root.';

/** Against what newrelic.js says. */
const ON = {
  grpc: { 'NEW_RELIC_INSTRUMENTATION_@GRPC/GRPC-JS_ENABLED': 'true' },
  http2: { NEW_RELIC_INSTRUMENTATION_HTTP2_ENABLED: 'true' },
};

/** How a transaction is called, by what OTEL_SEMCONV_STABILITY_OPT_IN says. */
const NAMES: Readonly<Record<string, (method: string) => string>> = {
  rpc: () => 'WebTransaction/WebFrameworkUri//unknown',
  'rpc/dup': (method) => `WebTransaction/WebFrameworkUri/grpc/test.Echo/${method}`,
  'rpc/old': (method) => `WebTransaction/WebFrameworkUri/grpc/${method}`,
};

function countsOf(spans: readonly SpanLine[]): Readonly<Record<'client' | 'linked' | 'below', number>> {
  const [client, server] = [ours(spans, 'CLIENT'), ours(spans, 'SERVER')];
  const theirs = spans.filter(({ scope }) => scope === 'newrelic');
  const doubles = theirs.filter(({ kind, attributes }) => kind === 'CLIENT' && attributes['component'] === 'gRPC');
  return {
    client: client.length + doubles.length,
    linked: childrenOf(client, server).length,
    below: childrenOf(theirs, server).length,
  };
}

/** How the transactions of SERVER spans are called, once each. */
const namesOf = (spans: readonly SpanLine[]): ReadonlySet<unknown> =>
  new Set(ours(spans, 'SERVER').map(({ attributes }) => attributes['transaction']));

interface Release {
  readonly version: string;
  readonly executable: string;
  /** With all that the agent does by default. */
  readonly byDefault: { readonly below: number; readonly outside: string };
}

async function runRelease(stage: Stage, { version, executable, byDefault }: Release): Promise<void> {
  const dependencies = { '@opentelemetry/api': '1.9.1', '@types/newrelic': '9.14.8', newrelic: version };
  const directory = `newrelic-${version.split('.')[0]}`;
  const program = await FieldProgram.install(stage, 'newrelic', dependencies, { directory });
  const agent = {
    NEW_RELIC_HOME: program.directory,
    NEW_RELIC_APP_NAME: 'field',
    NEW_RELIC_LICENSE_KEY: '0'.repeat(40),
    // Nobody is there.
    NEW_RELIC_HOST: '127.0.0.1',
    NEW_RELIC_PORT: '9',
    NEW_RELIC_LOG_ENABLED: 'false',
  };
  const row = { library: 'New Relic', versions: await program.versionOf('newrelic'), calls, same: true };
  const run = async (
    env: Readonly<Record<string, string>>,
    expected: ReturnType<typeof countsOf>,
  ): Promise<readonly SpanLine[]> => {
    const { spans } = await program.runBoth({ executable, env: { ...agent, ...env } });
    assertCounts(countsOf(spans), expected, spans);
    return spans;
  };

  const whole = { client: calls, linked: calls, below: 0 };
  for (const [convention, nameOf] of Object.entries(NAMES)) {
    const spans = await run({ OTEL_SEMCONV_STABILITY_OPT_IN: convention }, whole);
    deepStrictEqual(namesOf(spans), new Set(METHODS.map(nameOf)), `New Relic ${version}: names with ${convention}`);
  }
  const named = await run({ INTERCEPTORS: 'as shown' }, whole);
  deepStrictEqual(namesOf(named), new Set(METHODS.map((method) => NAMES['rpc/old']?.(method))));
  stage.row({ ...row, how: 'both interceptors, its grpc and http2 off', client: calls, linked: calls });

  await run(ON.http2, { client: calls, linked: 0, below: calls });
  stage.row({ ...row, how: 'both interceptors, its grpc off', client: calls, linked: 0, outside: OVERWRITTEN });

  const { below, outside } = byDefault;
  await run({ ...ON.grpc, ...ON.http2 }, { client: 2 * calls, linked: 0, below });
  stage.row({ ...row, how: 'both interceptors, its grpc on', client: 2 * calls, linked: 0, outside });
}

/** With its bridge of OpenTelemetry. */
export const newRelic: Part = {
  name: 'newrelic',
  async run(stage) {
    await runRelease(stage, {
      version: '13.9.2',
      executable: process.execPath,
      byDefault: { below: calls, outside: OVERWRITTEN },
    });
    await runRelease(stage, {
      version: '14.5.1',
      executable: await installNode(24),
      byDefault: { below: 0, outside: TWO_HEADERS },
    });
  },
};
