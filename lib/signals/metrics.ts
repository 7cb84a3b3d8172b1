import {
  createNoopMeter,
  metrics,
  type Attributes,
  type Context,
  type Histogram,
  type Meter,
  type MeterProvider,
  type Span,
  type UpDownCounter,
} from '@opentelemetry/api';
import { CONVENTIONS, schemaOf, type SemanticConventions } from '../conventions/attributes.js';
import { ACTIVE, DURATIONS } from '../conventions/instruments.js';
import { Series } from '../conventions/series.js';
import { whileRegistered } from '../diagnostics/api-registry.js';
import { report } from '../diagnostics/report.js';
import type { RpcInfo, RpcSide } from '../rpc/rpc-info.js';
import type { Address } from '../rpc/target.js';
import { PACKAGE_NAME, PACKAGE_VERSION } from '../version.js';

/** What is measured, and for whom. */
export interface MetricSources {
  readonly side: RpcSide;
  readonly meterProvider: MeterProvider | undefined;
  readonly conventions: SemanticConventions;
  readonly activeCalls: boolean;
}

/** A call that begins. */
export interface MeasuredCall {
  readonly rpc: RpcInfo;
  /** The server that a client calls. A server's own, and every peer, would make a series per caller (CVE-2023-47108). */
  readonly server: Address | undefined;
  /** The application's own; those of the conventions beat them. */
  readonly own: Attributes | undefined;
  /** The span's, so that an exemplar can point to it. */
  readonly context: Context;
  /** As `performance.now()` had it. */
  readonly startedAt: number;
  /** Whether it is among the calls in flight: what could not be put there is not taken away either. */
  counted: boolean;
}

interface Duration {
  readonly histogram: Histogram;
  readonly perSecond: number;
  readonly series: Series;
}

/** The instruments of one side. */
export class CallMetrics {
  private readonly durations: readonly Duration[];
  private readonly active: UpDownCounter | undefined;
  private readonly activeSeries: Series;

  constructor(meter: Meter, { side, conventions, activeCalls }: MetricSources) {
    this.durations = DURATIONS[conventions].map(({ convention, name, description, unit, perSecond, boundaries }) => ({
      histogram: meter.createHistogram(name[side], {
        description: description[side],
        unit,
        ...(boundaries && { advice: { explicitBucketBoundaries: boundaries } }),
      }),
      perSecond,
      series: new Series([convention]),
    }));
    this.activeSeries = new Series(CONVENTIONS[conventions]);
    this.active = activeCalls
      ? meter.createUpDownCounter(ACTIVE.name[side], { description: ACTIVE.description[side], unit: '{request}' })
      : undefined;
  }

  started(call: MeasuredCall): void {
    call.counted = this.addActive(1, call);
  }

  ended(call: MeasuredCall, code: number, failed: boolean, seconds: number): void {
    if (call.counted) this.addActive(-1, call);
    const { rpc, server, own, context } = call;
    for (const { histogram, perSecond, series } of this.durations) {
      try {
        histogram.record(seconds * perSecond, withOwn(own, series.ended(rpc, server, code, failed)), context);
      } catch (error) {
        report('the duration could not be recorded', error);
      }
    }
  }

  private addActive(change: 1 | -1, { rpc, server, own, context }: MeasuredCall): boolean {
    if (this.active === undefined) return false;
    try {
      this.active.add(change, withOwn(own, this.activeSeries.started(rpc, server)), context);
      return true;
    } catch (error) {
      report('the calls in flight could not be counted', error);
      return false;
    }
  }
}

function withOwn(own: Attributes | undefined, attributes: Attributes): Attributes {
  return own === undefined ? attributes : { ...own, ...attributes };
}

/**
 * The instruments of the given provider, or those of the global one, which may be registered later: the API has no proxy
 * for meters, so the look-up is repeated. Undefined where nobody measures, and where the provider fails, which is told
 * once.
 */
export function metricsOf(sources: MetricSources): () => CallMetrics | undefined {
  const globalProvider = whileRegistered('metrics', () => metrics.getMeterProvider());
  let provider: MeterProvider | undefined;
  let made: CallMetrics | undefined;
  return () => {
    const current = sources.meterProvider ?? globalProvider();
    if (current !== provider) {
      provider = current;
      made = measured(current, sources);
    }
    return made;
  };
}

function measured(provider: MeterProvider, sources: MetricSources): CallMetrics | undefined {
  try {
    const meter = provider.getMeter(PACKAGE_NAME, PACKAGE_VERSION, schemaOf(sources.conventions));
    return meter === createNoopMeter() ? undefined : new CallMetrics(meter, sources);
  } catch (error) {
    report('the instruments could not be made', error);
    return undefined;
  }
}

/** How long the span says it took, which the SDK's spans do and the API has no name for. */
export function secondsOf(span: Span | undefined): number | undefined {
  if (span === undefined || !('duration' in span) || !Array.isArray(span.duration)) return undefined;
  const duration: readonly unknown[] = span.duration;
  const [seconds, nanoseconds] = duration;
  return typeof seconds === 'number' && typeof nanoseconds === 'number' ? seconds + nanoseconds / 1e9 : undefined;
}
