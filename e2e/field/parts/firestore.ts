import { assertEachCall } from '../each-call.js';
import { GoogleClient } from '../google-client.js';
import { installNode } from '../../../tools/runtimes.js';
import type { Part } from '../part.js';
import { assertCounts, childrenOf, ours } from '../spans.js';

/** A commit that is refused once and tried again, a document, a query: all but the stream of a listener. */
const BELOW_ITS_OWN = 4;

const library = '@google-cloud/firestore';

/** Both lines that are in use; the newer wants Node 22. */
export const firestore: Part = {
  name: 'firestore',
  async run(stage) {
    const older = await GoogleClient.install(stage, 'firestore', { [library]: '8.7.1', 'google-gax': '5.0.8' });
    const newer = { [library]: '9.4.1', 'google-gax': '6.17.0' };
    const newest = await GoogleClient.install(stage, 'firestore', newer, await installNode(24));
    for (const client of [older, newest]) {
      const runs = await client.runBoth('traced');
      const each = assertEachCall(runs);
      const itsOwn = runs.spans.filter(({ scope }) => scope === library);
      const callers = runs.spans.filter(({ name }) => name === 'caller');
      const counts = {
        belowItsOwn: childrenOf(itsOwn, ours(runs.spans, 'CLIENT')).length,
        belowCaller: childrenOf(callers, ours(runs.spans, 'CLIENT')).length,
      };
      assertCounts(counts, { belowItsOwn: BELOW_ITS_OWN, belowCaller: 1 }, runs.spans);
      stage.row({ library: 'Firestore', versions: client.versions, how: 'tracingCallInvocationTransformer', ...each });
    }
  },
};
