import { notDeepStrictEqual } from 'node:assert';
import { assertEachCall } from '../each-call.js';
import type { SpanLine } from '../exchange.js';
import type { Part } from '../part.js';
import type { Row } from '../row.js';
import { FieldProgram } from '../run-program.js';
import { assertCounts, childrenOf, ours } from '../spans.js';

const VERSION = '1.24.0';

/** Connecting, and a workflow that is started. */
const CALLS = 2;

/** Starting is refused twice. */
const ATTEMPTS = CALLS + 2;

const LOST = 'a list that is passed takes the place of the one that tries again';

export const temporal: Part = {
  name: 'temporal',
  async run(stage) {
    const dependencies = { '@temporalio/client': VERSION, '@temporalio/proto': VERSION };
    const program = await FieldProgram.install(stage, 'temporal', dependencies);
    const row = { library: 'Temporal', versions: await program.versionOf('@temporalio/client'), calls: CALLS };
    const withClient = (CLIENT: string) => ({ env: { CLIENT } });

    const { seen, spans } = await program.runBoth(withClient('traced'));
    stage.row({ ...row, how: 'tracingClientInterceptor before retries', same: true, ...assertCalls(spans, ATTEMPTS) });

    const { client, linked } = assertEachCall(await program.runBoth(withClient('behind')));
    stage.row({ ...row, how: 'tracingClientInterceptor behind retries', same: true, client, linked });

    const alone = await program.run('on', withClient('alone'));
    notDeepStrictEqual(alone.seen, seen);
    const counts = assertCalls(alone.spans, CALLS);
    stage.row({ ...row, how: 'tracingClientInterceptor alone', same: false, ...counts, outside: LOST });
  },
};

/** @throws AssertionError unless each call left one CLIENT span, and each attempt a SERVER span below that. */
function assertCalls(spans: readonly SpanLine[], attempts: number): Pick<Row, 'client' | 'linked'> {
  const client = ours(spans, 'CLIENT');
  const counts = { client: client.length, linked: childrenOf(client, ours(spans, 'SERVER')).length };
  assertCounts(counts, { client: CALLS, linked: attempts }, spans);
  return counts;
}
