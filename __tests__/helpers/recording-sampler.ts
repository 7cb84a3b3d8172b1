import type { Attributes, Context, SpanKind } from '@opentelemetry/api';
import { SamplingDecision, type Sampler, type SamplingResult } from '@opentelemetry/sdk-trace-node';

/** Samples everything and keeps the attributes that it was asked with: those that a span starts with. */
export class RecordingSampler implements Sampler {
  readonly seen: Attributes[] = [];

  shouldSample(
    _context: Context,
    _traceId: string,
    _name: string,
    _kind: SpanKind,
    attributes: Attributes,
  ): SamplingResult {
    this.seen.push({ ...attributes });
    return { decision: SamplingDecision.RECORD_AND_SAMPLED };
  }

  toString(): string {
    return 'RecordingSampler';
  }
}
