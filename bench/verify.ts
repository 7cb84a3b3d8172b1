import { SpanKind } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { runLoad } from './load.js';
import type { Plan } from './plan.js';
import { counts, settle } from './settle.js';
import type { Sdk } from './telemetry.js';
import type { Variant } from './variants.js';
import type { World } from './world.js';

/** Makes one call and looks at it. @throws where the variant does not make the two spans, linked, that it is there to make. */
export async function verify(variant: Variant, { caller }: World, plan: Plan, sdk: Sdk | undefined): Promise<void> {
  const spans: ReadableSpan[] = [];
  const traceIds: string[] = [];
  if (sdk !== undefined) {
    sdk.exporter.kept = spans;
    sdk.sampler.traceIds = traceIds;
  }
  const before = counts(sdk);
  await runLoad(caller, plan.load, 1, 1);
  await settle(variant, plan, 1, sdk, before);
  if (sdk !== undefined) {
    sdk.exporter.kept = undefined;
    sdk.sampler.traceIds = undefined;
  }
  // Of spans that are not sampled this is all that there is to see.
  if (new Set(traceIds).size > 1) throw new Error(`${variant.name}: the server does not continue the client's trace`);
  if (spans.length > 0 && !areLinked(spans))
    throw new Error(`${variant.name}: the server's span is not the client's child`);
}

function areLinked(spans: readonly ReadableSpan[]): boolean {
  const client = spans.find(({ kind }) => kind === SpanKind.CLIENT);
  const server = spans.find(({ kind }) => kind === SpanKind.SERVER);
  if (client === undefined || server === undefined || client.parentSpanContext !== undefined) return false;
  const hasAttributes = spans.every(({ attributes }) => attributes['rpc.method'] !== undefined);
  return hasAttributes && server.parentSpanContext?.spanId === client.spanContext().spanId;
}
