import type { Collector } from './collector.js';
import { TierMetrics } from './metrics.js';

const DECISIONS = 'otelcol_processor_tail_sampling_global_count_traces_sampled';

/** What the processes of a tier have used since they began. */
export interface Cost {
  readonly cpuSeconds: number;
  readonly residentBytes: number;
}

export async function costOf(tier: readonly Collector[]): Promise<Cost> {
  const metrics = await TierMetrics.of(tier);
  return {
    cpuSeconds: metrics.sum('otelcol_process_cpu_seconds'),
    residentBytes: metrics.sum('otelcol_process_memory_rss'),
  };
}

/** What has come to a tier. */
export interface Received {
  readonly accepted: number;
  readonly refused: number;
}

/** @throws where nothing has come yet */
export async function receivedBy(tier: readonly Collector[]): Promise<Received> {
  const metrics = await TierMetrics.of(tier);
  return {
    accepted: metrics.sum('otelcol_receiver_accepted_spans'),
    refused: metrics.sum('otelcol_receiver_refused_spans'),
  };
}

/** Of the sampling collectors, about traces. */
export interface Decisions {
  readonly decided: number;
  readonly kept: number;
}

/** @throws where nothing has been decided yet */
export async function decisionsOf(samplers: readonly Collector[]): Promise<Decisions> {
  const metrics = await TierMetrics.of(samplers);
  return { decided: metrics.sum(DECISIONS), kept: metrics.sum(DECISIONS, 'sampled="true"') };
}

/** The traces that wait for a decision. @throws where none has come yet */
export async function waitingIn(samplers: readonly Collector[]): Promise<number> {
  return (await TierMetrics.of(samplers)).sum('otelcol_processor_tail_sampling_sampling_traces_on_memory');
}
