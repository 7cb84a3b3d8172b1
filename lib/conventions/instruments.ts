import type { RpcSide } from '../rpc/rpc-info.js';
import { OLD, STABLE, type Convention, type SemanticConventions } from './attributes.js';
import {
  METRIC_RPC_CLIENT_ACTIVE_REQUESTS,
  METRIC_RPC_CLIENT_CALL_DURATION,
  METRIC_RPC_CLIENT_DURATION,
  METRIC_RPC_SERVER_ACTIVE_REQUESTS,
  METRIC_RPC_SERVER_CALL_DURATION,
  METRIC_RPC_SERVER_DURATION,
} from './semconv.js';

/** How one generation of the conventions measures calls. */
interface DurationMetric {
  readonly convention: Convention;
  readonly name: Readonly<Record<RpcSide, string>>;
  readonly description: Readonly<Record<RpcSide, string>>;
  readonly unit: 's' | 'ms';
  readonly perSecond: number;
  /** In the metric's unit. Default: the SDK's, which are made for milliseconds. */
  readonly boundaries?: number[];
}

const STABLE_DURATION: DurationMetric = {
  convention: STABLE,
  name: { client: METRIC_RPC_CLIENT_CALL_DURATION, server: METRIC_RPC_SERVER_CALL_DURATION },
  description: {
    client: 'Measures the duration of an outgoing Remote Procedure Call (RPC).',
    server: 'Measures the duration of an incoming Remote Procedure Call (RPC).',
  },
  unit: 's',
  perSecond: 1,
  boundaries: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
};

const OLD_DURATION: DurationMetric = {
  convention: OLD,
  name: { client: METRIC_RPC_CLIENT_DURATION, server: METRIC_RPC_SERVER_DURATION },
  description: { client: 'Measures the duration of outbound RPC.', server: 'Measures the duration of inbound RPC.' },
  unit: 'ms',
  perSecond: 1000,
};

/** What is measured of a call that is over, by the conventions that are followed. */
export const DURATIONS: Readonly<Record<SemanticConventions, readonly DurationMetric[]>> = {
  stable: [STABLE_DURATION],
  dup: [STABLE_DURATION, OLD_DURATION],
  old: [OLD_DURATION],
};

/** What is counted of calls in flight. */
export const ACTIVE = {
  name: { client: METRIC_RPC_CLIENT_ACTIVE_REQUESTS, server: METRIC_RPC_SERVER_ACTIVE_REQUESTS },
  description: { client: 'Number of outgoing calls in flight.', server: 'Number of incoming calls in flight.' },
};
