import type { SamplingDecision, SamplingResult } from '@opentelemetry/sdk-trace-node';
import { RecordingSampler } from './recording-sampler.js';

/** Decides the same about every span, whatever its parent, and keeps the attributes that it was asked with. */
export class DecidingSampler extends RecordingSampler {
  constructor(private readonly decision: SamplingDecision) {
    super();
  }

  override shouldSample(...asked: Parameters<RecordingSampler['shouldSample']>): SamplingResult {
    super.shouldSample(...asked);
    return { decision: this.decision };
  }
}
