import type { Attributes, Context, Link, SpanKind } from '@opentelemetry/api';
import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import type { ReadableSpan, Sampler, SamplingResult, SpanExporter } from '@opentelemetry/sdk-trace';

/** Throws spans away, and says how many there were. */
export class CountingExporter implements SpanExporter {
  count = 0;
  /** Where spans are kept as long as somebody wants to see them. */
  kept: ReadableSpan[] | undefined;

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.count += spans.length;
    this.kept?.push(...spans);
    done({ code: ExportResultCode.SUCCESS });
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

/** Says how many spans were started, those included that are not sampled and that nobody sees otherwise. */
export class CountingSampler implements Sampler {
  count = 0;
  /** The traces that were asked for, as long as somebody wants to see them. */
  traceIds: string[] | undefined;

  constructor(private readonly sampler: Sampler) {}

  shouldSample(
    parent: Context,
    traceId: string,
    name: string,
    kind: SpanKind,
    attributes: Attributes,
    links: Link[],
  ): SamplingResult {
    this.count++;
    this.traceIds?.push(traceId);
    return this.sampler.shouldSample(parent, traceId, name, kind, attributes, links);
  }

  toString(): string {
    return String(this.sampler);
  }
}
