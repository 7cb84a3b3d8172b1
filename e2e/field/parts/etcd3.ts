import { deepStrictEqual } from 'node:assert';
import { countNames } from '../count-names.js';
import { Etcd } from '../etcd.js';
import type { SpanLine } from '../exchange.js';
import type { Part } from '../part.js';
import { FieldProgram } from '../run-program.js';
import { assertCounts, childrenOf, ours } from '../spans.js';

/** What only a client calls that has to say who it is. */
const AUTHENTICATE = 'etcdserverpb.Auth/Authenticate';

const NO_SPANS = 'etcd makes no spans here';
const PASSED_BY = `${NO_SPANS}; the stub by which etcd3 authenticates itself gets no \`grpcOptions\``;

export const etcd3: Part = {
  name: 'etcd3',
  needs: ['etcd'],
  async run(stage) {
    const program = await FieldProgram.install(stage, 'etcd3', { etcd3: '1.1.2' });
    const etcd = await Etcd.start(stage);
    const row = { library: 'etcd3', versions: await program.versionOf('etcd3'), linked: 0, same: true };

    const each = await runCounted(program, etcd, 'traced');
    const client = assertCalls(each.spans, each.calls);
    const how = 'withTracing in `defaultCallOptions`';
    stage.row({ ...row, how, calls: sum(each.calls), client, outside: NO_SPANS });

    const most = await runCounted(program, etcd, 'interceptors');
    const reached = new Map(most.calls);
    reached.delete(AUTHENTICATE);
    const fewer = assertCalls(most.spans, reached);
    deepStrictEqual(most.calls.get(AUTHENTICATE), 1);
    stage.row({
      ...row,
      how: 'tracingClientInterceptor in `grpcOptions`',
      calls: sum(most.calls),
      client: fewer,
      outside: PASSED_BY,
    });
  },
};

interface Counted {
  readonly spans: readonly SpanLine[];
  /** Of the run that is traced, by name, as etcd counts them. */
  readonly calls: ReadonlyMap<string, number>;
}

/** @throws AssertionError where the application does not see the same with tracing and without */
async function runCounted(program: FieldProgram, etcd: Etcd, client: string): Promise<Counted> {
  const env = { CLIENT: client, ETCD: etcd.address };
  const plain = await program.run('off', { env });
  const before = await etcd.calls();
  const { seen, spans } = await program.run('on', { env });
  const after = await etcd.calls();
  deepStrictEqual(seen, plain.seen);
  const calls = Array.from(after, ([name, count]): [string, number] => [name, count - (before.get(name) ?? 0)]);
  return { spans, calls: new Map(calls.filter(([, count]) => count > 0)) };
}

/** @throws AssertionError unless each call left one CLIENT span, below the caller's. @returns how many there are */
function assertCalls(spans: readonly SpanLine[], calls: ReadonlyMap<string, number>): number {
  const callers = spans.filter(({ name }) => name === 'caller');
  const client = ours(spans, 'CLIENT');
  const expected = { ...Object.fromEntries(calls), all: sum(calls) };
  assertCounts(countNames(client), expected, spans);
  assertCounts(countNames(childrenOf(callers, client)), expected, spans);
  return client.length;
}

function sum(calls: ReadonlyMap<string, number>): number {
  return [...calls.values()].reduce((total, count) => total + count, 0);
}
