import type { TextMapPropagator } from '@opentelemetry/api';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as core2 from 'otel-core-2';
import { SDK_3 } from '../../../tools/sdks.js';

export interface CoreRelease {
  readonly traceContext: TextMapPropagator;
  readonly baggage: TextMapPropagator;
  /** Whether core takes this for a member of a trace state. */
  readonly isTraceStateMember: (member: string) => boolean;
  readonly suppressTracing: typeof core2.suppressTracing;
}

/** Core 3 wants a newer Node than this repository, so npm installs it into the cache: only long tests may ask for it. */
export async function loadCore3(): Promise<typeof core2> {
  const load = createRequire(join(await SDK_3.modules(), 'package.json'));
  // Its types are not installed; what is asked of it has those of core 2.
  return load('@opentelemetry/core') as typeof core2;
}

function release(core: typeof core2): CoreRelease {
  return {
    traceContext: new core.W3CTraceContextPropagator(),
    baggage: new core.W3CBaggagePropagator(),
    isTraceStateMember: (member) => new core.TraceState(member).serialize() !== '',
    suppressTracing: core.suppressTracing,
  };
}

/** The releases of `@opentelemetry/core` that ours is held against, for `describe.each`, each to be loaded before the tests. */
export const CORE_RELEASES: [name: string, load: () => Promise<CoreRelease>][] = [
  ['core 2', () => Promise.resolve(release(core2))],
  ['core 3', async () => release(await loadCore3())],
];
