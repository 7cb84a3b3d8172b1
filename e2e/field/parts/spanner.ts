import { deepStrictEqual } from 'node:assert';
import { assertEachCall } from '../each-call.js';
import { GoogleClient } from '../google-client.js';
import { installNode } from '../../../tools/runtimes.js';
import type { Part } from '../part.js';
import { assertCounts, childrenOf, ours } from '../spans.js';

const library = '@google-cloud/spanner';

const UNPOOLED = 'it takes the place of the transformer of its pool of channels, which then uses one';

/** Both lines that are in use; the newer wants Node 22. */
export const spanner: Part = {
  name: 'spanner',
  async run(stage) {
    const older = { [library]: '8.13.0', 'google-gax': '5.0.6', 'grpc-gcp': '1.1.1' };
    const newer = { [library]: '9.0.0', 'google-gax': '6.17.0', 'grpc-gcp': '1.1.1' };
    const clients = [
      await GoogleClient.install(stage, 'spanner', older),
      await GoogleClient.install(stage, 'spanner', newer, await installNode(24)),
    ];
    for (const client of clients) {
      const runs = await client.runBoth('traced');
      const each = assertEachCall(runs);
      const itsOwn = runs.spans.filter(({ scope }) => scope === 'cloud.google.com/nodejs/spanner');
      const belowItsOwn = childrenOf(itsOwn, ours(runs.spans, 'CLIENT')).length;
      assertCounts({ belowItsOwn }, { belowItsOwn: each.calls }, runs.spans);
      const row = { library: 'Spanner', versions: client.versions };
      stage.row({ ...row, how: 'tracingCallInvocationTransformer around its own', ...each });

      const replacing = await client.runTraced('replacing');
      const counts = assertEachCall(replacing);
      deepStrictEqual([runs.seen, replacing.seen].map(connectionsOf), [2, 1]);
      stage.row({ ...row, how: 'tracingCallInvocationTransformer alone', ...counts, same: false, outside: UNPOOLED });
    }
  },
};

function connectionsOf(seen: unknown): number {
  // The program tells by how many its queries came.
  return (seen as { readonly connections: number }).connections;
}
