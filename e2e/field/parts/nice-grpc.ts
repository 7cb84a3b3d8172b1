import { deepStrictEqual } from 'node:assert';
import type { SpanLine } from '../exchange.js';
import type { Part } from '../part.js';
import { FieldProgram } from '../run-program.js';
import { assertCounts, childrenOf, ours } from '../spans.js';

/** What the spans of the calls say they came to: four shapes, one that is refused, one that is aborted. */
const CODES = ['OK', 'OK', 'OK', 'OK', 'NOT_FOUND', 'CANCELLED'];

const ATTEMPTS = ['UNAVAILABLE', 'UNAVAILABLE', 'OK'];

const codesOf = (spans: readonly SpanLine[]): unknown => spans.map(({ attributes }) => attributes['rpc.status_code']);

/** @throws AssertionError unless each of the attempts, and nothing else, has left a span on each side, linked */
function assertAttempts(
  caller: string,
  codes: readonly string[],
  spans: readonly SpanLine[],
): { client: number; linked: number } {
  const callers = spans.filter(({ name }) => name === caller);
  const client = childrenOf(callers, ours(spans, 'CLIENT'));
  const server = childrenOf(client, ours(spans, 'SERVER'));
  const inHandlers = childrenOf(
    server,
    spans.filter(({ name }) => name === 'handled'),
  ).length;
  const counts = { client: client.length, linked: server.length };
  const count = codes.length;
  assertCounts({ ...counts, inHandlers }, { client: count, linked: count, inHandlers: count }, spans);
  deepStrictEqual(codesOf(client), codes);
  deepStrictEqual(codesOf(server), codes);
  return counts;
}

export const niceGrpc: Part = {
  name: 'nice-grpc',
  async run(stage) {
    const program = await FieldProgram.install(stage, 'nice-grpc', {
      '@bufbuild/protobuf': '2.17.0',
      'nice-grpc': '2.1.18',
      'nice-grpc-client-middleware-retry': '3.1.16',
    });
    const { spans } = await program.runBoth();
    const row = {
      versions: await program.versionOf('nice-grpc'),
      how: 'tracingChannel, tracingServerInterceptor',
      same: true,
    };
    stage.row({ ...row, library: 'nice-grpc', calls: CODES.length, ...assertAttempts('caller', CODES, spans) });
    stage.row({
      ...row,
      library: 'nice-grpc, retried',
      calls: 1,
      ...assertAttempts('retrying', ATTEMPTS, spans),
      outside: 'Its middleware makes each attempt as a call of its own on the channel.',
    });
  },
};
