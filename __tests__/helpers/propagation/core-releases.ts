import type { TextMapPropagator } from '@opentelemetry/api';
import * as core2 from 'otel-core-2';
import * as core3 from 'otel-core-3';

export interface CoreRelease {
  readonly traceContext: TextMapPropagator;
  readonly baggage: TextMapPropagator;
  /** Whether core takes this for a member of a trace state. */
  readonly isTraceStateMember: (member: string) => boolean;
  readonly suppressTracing: typeof core2.suppressTracing;
}

function release(core: typeof core2 | typeof core3): CoreRelease {
  return {
    traceContext: new core.W3CTraceContextPropagator(),
    baggage: new core.W3CBaggagePropagator(),
    isTraceStateMember: (member) => new core.TraceState(member).serialize() !== '',
    suppressTracing: core.suppressTracing,
  };
}

/** The releases of `@opentelemetry/core` that ours is held against, for `describe.each`. */
export const CORE_RELEASES: [name: string, core: CoreRelease][] = [
  ['core 2', release(core2)],
  ['core 3', release(core3)],
];
