import {
  createNoopMeter,
  metrics,
  type Attributes,
  type Context,
  type Histogram,
  type Meter,
  type MeterProvider,
  type Span,
} from '@opentelemetry/api';
import { addServer, OLD, STABLE, type Convention, type SemanticConventions } from '../conventions/attributes.js';
import {
  METRIC_RPC_CLIENT_CALL_DURATION,
  METRIC_RPC_CLIENT_DURATION,
  METRIC_RPC_SERVER_CALL_DURATION,
  METRIC_RPC_SERVER_DURATION,
} from '../conventions/semconv.js';
import { report } from '../diagnostics/report.js';
import type { RpcInfo, RpcSide } from '../rpc/rpc-info.js';
import type { Address } from '../rpc/target.js';
import { PACKAGE_NAME, PACKAGE_VERSION } from '../version.js';

/** How one generation of the conventions measures calls. */
interface DurationMetric {
  readonly convention: Convention;
  readonly name: Readonly<Record<RpcSide, string>>;
  readonly unit: 's' | 'ms';
  readonly perSecond: number;
  /** In the metric's unit. Default: the SDK's, which are made for milliseconds. */
  readonly boundaries?: number[];
}

const STABLE_DURATION: DurationMetric = {
  convention: STABLE,
  name: { client: METRIC_RPC_CLIENT_CALL_DURATION, server: METRIC_RPC_SERVER_CALL_DURATION },
  unit: 's',
  perSecond: 1,
  boundaries: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
};

const OLD_DURATION: DurationMetric = {
  convention: OLD,
  name: { client: METRIC_RPC_CLIENT_DURATION, server: METRIC_RPC_SERVER_DURATION },
  unit: 'ms',
  perSecond: 1000,
};

const METRICS: Readonly<Record<SemanticConventions, readonly DurationMetric[]>> = {
  stable: [STABLE_DURATION],
  dup: [STABLE_DURATION, OLD_DURATION],
  old: [OLD_DURATION],
};

const DESCRIPTION = {
  client: 'Measures the duration of an outgoing Remote Procedure Call (RPC).',
  server: 'Measures the duration of an incoming Remote Procedure Call (RPC).',
};

/** A call that is over. */
export interface MeasuredCall {
  readonly rpc: RpcInfo;
  readonly code: number;
  readonly failed: boolean;
  readonly seconds: number;
  /** The server that a client called. A server's own, and every peer, would make a series per caller (CVE-2023-47108). */
  readonly server: Address | undefined;
  /** The span's, so that an exemplar can point to it. */
  readonly context: Context;
}

/** The duration histograms of one side, one per convention. */
export class Durations {
  private readonly histograms: readonly { readonly metric: DurationMetric; readonly histogram: Histogram }[];

  constructor(meter: Meter, side: RpcSide, conventions: SemanticConventions) {
    this.histograms = METRICS[conventions].map((metric) => ({
      metric,
      histogram: meter.createHistogram(metric.name[side], {
        description: DESCRIPTION[side],
        unit: metric.unit,
        ...(metric.boundaries && { advice: { explicitBucketBoundaries: metric.boundaries } }),
      }),
    }));
  }

  record({ rpc, code, failed, seconds, server, context }: MeasuredCall): void {
    for (const { metric, histogram } of this.histograms) {
      const attributes: Attributes = {};
      metric.convention.addMethod(attributes, rpc);
      metric.convention.addOutcome(attributes, code, failed);
      if (rpc.side === 'client' && server !== undefined) addServer(attributes, server);
      histogram.record(seconds * metric.perSecond, attributes, context);
    }
  }
}

/**
 * The histograms of the given provider, or those of the global one, which may be registered later: the API has no proxy
 * for meters, so the look-up is repeated. Undefined where nobody measures, and where the provider fails, which is told
 * once.
 */
export function durationsOf(
  meterProvider: MeterProvider | undefined,
  side: RpcSide,
  conventions: SemanticConventions,
): () => Durations | undefined {
  let provider: MeterProvider | undefined;
  let durations: Durations | undefined;
  return () => {
    const current = meterProvider ?? metrics.getMeterProvider();
    if (current !== provider) {
      provider = current;
      durations = measured(current, side, conventions);
    }
    return durations;
  };
}

function measured(provider: MeterProvider, side: RpcSide, conventions: SemanticConventions): Durations | undefined {
  try {
    const meter = provider.getMeter(PACKAGE_NAME, PACKAGE_VERSION);
    return meter === createNoopMeter() ? undefined : new Durations(meter, side, conventions);
  } catch (error) {
    report('the duration histogram could not be made', error);
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
