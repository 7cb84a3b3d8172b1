import { assertEachCall } from '../each-call.js';
import { GoogleClient } from '../google-client.js';
import { node24 } from '../node-24.js';
import type { Part } from '../part.js';
import { assertCounts, childrenOf, ours } from '../spans.js';

const library = '@google-cloud/spanner';

/** What a program tells of its pool of channels. */
interface Pooled {
  readonly connections: number;
}

/** Both lines that are in use; the newer wants Node 22. */
export const spanner: Part = {
  name: 'spanner',
  async run(stage) {
    const older = { [library]: '8.13.0', 'google-gax': '5.0.6', 'grpc-gcp': '1.1.1' };
    const newer = { [library]: '9.0.0', 'google-gax': '6.17.0', 'grpc-gcp': '1.1.1' };
    const clients = [
      await GoogleClient.install(stage, 'spanner', older),
      await GoogleClient.install(stage, 'spanner', newer, await node24()),
    ];
    for (const client of clients) {
      const runs = await client.runBoth('traced');
      const each = assertEachCall(runs);
      const itsOwn = runs.spans.filter(({ scope }) => scope === 'cloud.google.com/nodejs/spanner');
      const replacing = await client.runTraced('replacing');
      const counts = {
        belowItsOwn: childrenOf(itsOwn, ours(runs.spans, 'CLIENT')).length,
        pooled: connectionsOf(runs.seen),
        replacing: connectionsOf(replacing.seen),
      };
      // A transformer in place of that of its pool leaves it one channel.
      assertCounts(counts, { belowItsOwn: each.calls, pooled: 2, replacing: 1 }, runs.spans);
      stage.row({ library: 'Spanner', versions: client.versions, how: 'tracingCallInvocationTransformer', ...each });
    }
  },
};

function connectionsOf(seen: unknown): number {
  // What the program tells.
  return (seen as Pooled).connections;
}
