import { join } from 'node:path';
import { installNode } from '../../../tools/runtimes.js';
import { startOtlpCollector } from '../otlp-collector.js';
import type { Part, Stage } from '../part.js';
import { FieldProgram, type RunOptions } from '../run-program.js';
import { assertCounts, childrenOf, countLinked, ours } from '../spans.js';

/** Four shapes and a call that is refused. */
const calls = 5;

const SDK_NODE = '@opentelemetry/sdk-node';
const AUTO = '@opentelemetry/auto-instrumentations-node';

/** How the SDK gets into a program. */
interface Start {
  readonly library: string;
  readonly package: string;
  readonly options: (program: FieldProgram) => RunOptions;
}

const STARTS: readonly Start[] = [
  { library: 'sdk-node, in code', package: SDK_NODE, options: () => ({ file: 'in-code.js' }) },
  {
    library: 'sdk-node, by --require',
    package: SDK_NODE,
    options: ({ directory }) => ({ args: ['--require', join(directory, 'telemetry.js')] }),
  },
  {
    library: 'auto-instrumentations-node, its gRPC off',
    package: AUTO,
    options: () => ({ args: ['--require', `${AUTO}/register`], env: { OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'grpc' } }),
  },
];

interface Release {
  readonly directory: string;
  readonly dependencies: Readonly<Record<string, string>>;
  /** A Node that it runs on. */
  readonly executable: string;
}

async function runRelease(stage: Stage, { directory, dependencies, executable }: Release): Promise<void> {
  const collector = await startOtlpCollector(stage);
  const program = await FieldProgram.install(stage, 'sdk-node', dependencies, { directory });
  for (const { library, package: name, options } of STARTS) {
    const { env, ...rest } = options(program);
    await program.runBoth({ executable, ...rest, env: { ...collector.env, ...env } });
    const spans = collector.takeSpans();
    const counts = countLinked(spans);
    // Nobody else's span is about a call.
    const all = spans.filter(({ attributes }) => 'rpc.method' in attributes || 'rpc.system' in attributes).length;
    const callers = spans.filter(({ name }) => name === 'caller');
    const called = childrenOf(callers, ours(spans, 'CLIENT')).length;
    assertCounts({ ...counts, called, all }, { client: calls, linked: calls, called: calls, all: 2 * calls }, spans);
    const versions = await program.versionOf(name);
    stage.row({ library, versions, how: 'both interceptors', calls, ...counts, same: true });
  }
}

export const sdkNode: Part = {
  name: 'sdk-node',
  async run(stage) {
    await runRelease(stage, {
      directory: 'sdk-node-2',
      dependencies: { [SDK_NODE]: '0.223.0', [AUTO]: '0.81.0' },
      executable: process.execPath,
    });
    await runRelease(stage, {
      directory: 'sdk-node-3',
      dependencies: { '@opentelemetry/api': '1.10.0', [SDK_NODE]: '0.301.0', [AUTO]: '0.82.0' },
      executable: await installNode(24),
    });
  },
};
