import { deepStrictEqual } from 'node:assert';
import type { SpanLine } from '../exchange.js';
import type { Part, Stage } from '../part.js';
import { FieldProgram } from '../run-program.js';
import { assertCounts, childrenOf, ours } from '../spans.js';

/** Four shapes and a call that is refused. */
const calls = 5;

const ACTIVE_ONLY = 'Sentry’s propagator sends the active context and no other, and the CLIENT span is active nowhere.';

/** By what OTEL_SEMCONV_STABILITY_OPT_IN says. */
type Ops = Readonly<Record<'rpc' | 'rpc/dup' | 'rpc/old', string | undefined>>;

interface Release {
  readonly name: string;
  readonly version: string;
  /** What Sentry makes of a call without being told. */
  readonly ops: Ops;
  readonly linked: number;
  readonly outside?: string;
  /** Whether the tags of its call are on what Sentry sends for a SERVER span. */
  readonly sendsTags: boolean;
}

const RELEASES: readonly Release[] = [
  {
    name: 'sentry-10',
    version: '10.78.0',
    ops: { rpc: undefined, 'rpc/dup': 'rpc', 'rpc/old': 'rpc' },
    linked: calls,
    sendsTags: true,
  },
  {
    name: 'sentry',
    version: '11.12.0',
    ops: { rpc: undefined, 'rpc/dup': undefined, 'rpc/old': undefined },
    linked: 0,
    outside: ACTIVE_ONLY,
    sendsTags: false,
  },
];

/** How calls are named, once each; undefined for those that are not. */
const opsOf = (spans: readonly SpanLine[]): readonly unknown[] => [
  ...new Set(spans.map(({ attributes }) => attributes['sentry.op'])),
];

function countsOf(spans: readonly SpanLine[]): { readonly client: number; readonly linked: number } {
  const client = ours(spans, 'CLIENT');
  return { client: client.length, linked: childrenOf(client, ours(spans, 'SERVER')).length };
}

async function runRelease(stage: Stage, { name, version, ops, linked, outside, sendsTags }: Release): Promise<void> {
  const program = await FieldProgram.install(stage, name, { '@opentelemetry/api': '1.9.1', '@sentry/node': version });
  const row = { library: 'Sentry', versions: await program.versionOf('@sentry/node'), calls, same: true };

  for (const [convention, op] of Object.entries(ops)) {
    const { spans } = await program.runBoth({ env: { OTEL_SEMCONV_STABILITY_OPT_IN: convention } });
    const counts = countsOf(spans);
    assertCounts(counts, { client: calls, linked }, spans);
    const called = [...ours(spans, 'CLIENT'), ...ours(spans, 'SERVER')];
    deepStrictEqual([called.length, opsOf(called)], [2 * calls, [op]], `Sentry ${version}: op with ${convention}`);
    if (convention === 'rpc') {
      stage.row({ ...row, how: 'both interceptors', ...counts, ...(outside === undefined ? {} : { outside }) });
    }
  }

  const { spans } = await program.runBoth({ env: { INTERCEPTORS: 'as shown' } });
  const counts = countsOf(spans);
  assertCounts(counts, { client: calls, linked: calls }, spans);
  deepStrictEqual(opsOf([...ours(spans, 'CLIENT'), ...ours(spans, 'SERVER')]), ['rpc']);
  stage.row({ ...row, how: 'both interceptors, as shown', ...counts });

  await assertIsolated(program, sendsTags);
}

/** Each call has an isolation scope of its own, on whichever side of tracing it is entered. */
async function assertIsolated(program: FieldProgram, sendsTags: boolean): Promise<void> {
  const { seen, spans } = await program.run('on', { file: 'isolation.js' });
  const callers = ['one', 'another'];
  const shapes = ['Unary', 'ClientStream', 'ServerStream', 'Bidi'];
  const own = Object.fromEntries(callers.flatMap((caller) => shapes.map((shape) => [`${caller} ${shape}`, [caller]])));
  deepStrictEqual(seen, { 'isolating first': own, 'tracing first': own });
  const tagged = ours(spans, 'SERVER').filter(({ attributes }) =>
    callers.some((caller) => caller in attributes),
  ).length;
  // A span takes the scope that it starts in.
  assertCounts({ tagged }, { tagged: sendsTags ? callers.length * shapes.length : 0 }, spans);
}

export const sentry: Part = {
  name: 'sentry',
  async run(stage) {
    for (const release of RELEASES) await runRelease(stage, release);
  },
};
