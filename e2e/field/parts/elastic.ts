import type { SpanLine } from '../exchange.js';
import { startOtlpCollector } from '../otlp-collector.js';
import type { Part } from '../part.js';
import { FieldProgram } from '../run-program.js';
import { assertCounts, childrenOf, ours } from '../spans.js';

/** Four shapes and a call that is refused. */
const calls = 5;

const DISTRIBUTION = '@elastic/opentelemetry-node';

const DOUBLED = 'Two instrumentations, as asked: both SERVER spans of a call are children of our CLIENT span.';

const GRPC_OFF = { OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'grpc' };

/** Of the spans of calls, whoever has made them, in the run with tracing: its own traces calls in the other run too. */
function countsOf(spans: readonly SpanLine[]): Readonly<Record<'client' | 'server' | 'linked', number>> {
  const traces = new Set(ours(spans, 'CLIENT').map(({ traceId }) => traceId));
  const ofCalls = spans.filter(
    ({ traceId, attributes }) => traces.has(traceId) && ('rpc.system.name' in attributes || 'rpc.system' in attributes),
  );
  const server = ofCalls.filter(({ kind }) => kind === 'SERVER');
  return {
    client: ofCalls.filter(({ kind }) => kind === 'CLIENT').length,
    server: server.length,
    linked: childrenOf(ours(spans, 'CLIENT'), server).length,
  };
}

export const elastic: Part = {
  name: 'elastic',
  async run(stage) {
    const collector = await startOtlpCollector(stage);
    const dependencies = { '@opentelemetry/api': '1.9.1', [DISTRIBUTION]: '1.18.0' };
    const program = await FieldProgram.install(stage, 'elastic', dependencies);
    const row = { library: 'Elastic', versions: await program.versionOf(DISTRIBUTION), calls, same: true };
    // Nothing is asked about the machine, which others than the collector would have to answer.
    const base = { ...collector.env, OTEL_NODE_RESOURCE_DETECTORS: 'none' };
    const run = async (
      flag: '--import' | '--require',
      own: Readonly<Record<string, string>>,
      times: 1 | 2,
    ): Promise<void> => {
      await program.runBoth({ args: [flag, DISTRIBUTION], env: { ...base, ...own } });
      const spans = collector.takeSpans();
      assertCounts(countsOf(spans), { client: times * calls, server: times * calls, linked: times * calls }, spans);
    };
    for (const flag of ['--import', '--require'] as const) {
      await run(flag, GRPC_OFF, 1);
      stage.row({ ...row, how: `both interceptors, by ${flag}, its grpc off`, client: calls, linked: calls });
    }
    await run('--import', {}, 2);
    stage.row({
      ...row,
      how: 'both interceptors, its grpc on',
      client: 2 * calls,
      linked: 2 * calls,
      outside: DOUBLED,
    });
  },
};
