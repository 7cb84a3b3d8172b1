import { assertEachCall, assertNoCall } from '../each-call.js';
import { GoogleClient } from '../google-client.js';
import { installNode } from '../../../tools/runtimes.js';
import type { Part, Stage } from '../part.js';
import { assertCounts, childrenOf, ours } from '../spans.js';

const DROPPED = 'google-gax hands on only options whose names begin with `grpc.` or `grpc-node.`';
const DOUBLED = 'google-gax makes a CLIENT span of each attempt as well, of which it tells the server nothing';

/** Publishing twice, the first of which is refused once and tried again, and three pages. */
const BELOW_CALLER = 6;

/** Every call but those to StreamingPull, which go around google-gax. */
const OF_GAX = 10;

const library = '@google-cloud/pubsub';

/** Both lines that are in use; the newer wants Node 22. */
export const pubsub: Part = {
  name: 'pubsub',
  async run(stage) {
    const older = await GoogleClient.install(stage, 'pubsub', { [library]: '5.3.1', 'google-gax': '5.0.8' });
    const newer = { [library]: '6.3.0', 'google-gax': '6.17.0' };
    const newest = await GoogleClient.install(stage, 'pubsub', newer, await installNode(24));
    for (const client of [older, newest]) await tellTransformer(stage, client);
    await tellPerCall(stage, newest);
    await tellInterceptors(stage, newest);
    await tellOwnSpans(stage, newest);
  },
};

async function tellTransformer(stage: Stage, client: GoogleClient): Promise<void> {
  const runs = await client.runBoth('traced');
  const each = assertEachCall(runs);
  const callers = runs.spans.filter(({ name }) => name === 'caller');
  const belowCaller = childrenOf(callers, ours(runs.spans, 'CLIENT')).length;
  assertCounts({ belowCaller }, { belowCaller: BELOW_CALLER }, runs.spans);
  stage.row({ library: 'Pub/Sub', versions: client.versions, how: 'tracingCallInvocationTransformer', ...each });
}

async function tellPerCall(stage: Stage, client: GoogleClient): Promise<void> {
  const each = assertEachCall(await client.runBoth('traced', { file: 'per-call.js' }));
  stage.row({ library: 'Pub/Sub', versions: client.versions, how: 'withTracing in `otherArgs`', ...each });
}

async function tellInterceptors(stage: Stage, client: GoogleClient): Promise<void> {
  const none = assertNoCall(await client.runBoth('interceptors'));
  stage.row({
    library: 'Pub/Sub',
    versions: client.versions,
    how: 'tracingClientInterceptor',
    ...none,
    outside: DROPPED,
  });
}

/** Its `enableTelemetryTracing`. */
async function tellOwnSpans(stage: Stage, client: GoogleClient): Promise<void> {
  const runs = await client.runBoth('own-tracing');
  const { client: here, ...each } = assertEachCall(runs);
  const ofGax = runs.spans.filter(({ scope, kind }) => scope === 'google-gax' && kind === 'CLIENT').length;
  assertCounts({ ofGax }, { ofGax: OF_GAX }, runs.spans);
  const how = 'tracingCallInvocationTransformer, `enableTelemetryTracing`';
  stage.row({ library: 'Pub/Sub', versions: client.versions, how, ...each, client: here + ofGax, outside: DOUBLED });
}
