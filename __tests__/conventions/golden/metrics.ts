import { BOUNDARIES } from '../../helpers/measured.js';
import { onePoint, type PlainMetric } from '../../helpers/measurements.js';
import { METHOD } from './method.js';
import type { Mode, Outcome, Side } from './outcomes.js';
import { goldenScope } from './scope.js';

/** In milliseconds; the SDK's own. */
const OLD_BOUNDARIES = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

type Described = Pick<PlainMetric, 'type' | 'descriptor'>;

const STABLE_DURATION: Readonly<Record<Side, Described>> = {
  client: {
    type: 'HISTOGRAM',
    descriptor: {
      name: 'rpc.client.call.duration',
      description: 'Measures the duration of an outgoing Remote Procedure Call (RPC).',
      unit: 's',
    },
  },
  server: {
    type: 'HISTOGRAM',
    descriptor: {
      name: 'rpc.server.call.duration',
      description: 'Measures the duration of an incoming Remote Procedure Call (RPC).',
      unit: 's',
    },
  },
};

const OLD_DURATION: Readonly<Record<Side, Described>> = {
  client: {
    type: 'HISTOGRAM',
    descriptor: { name: 'rpc.client.duration', description: 'Measures the duration of outbound RPC.', unit: 'ms' },
  },
  server: {
    type: 'HISTOGRAM',
    descriptor: { name: 'rpc.server.duration', description: 'Measures the duration of inbound RPC.', unit: 'ms' },
  },
};

const ACTIVE: Readonly<Record<Side, Described>> = {
  client: {
    type: 'SUM',
    descriptor: {
      name: 'rpc.client.active_requests',
      description: 'Number of outgoing calls in flight.',
      unit: '{request}',
    },
  },
  server: {
    type: 'SUM',
    descriptor: {
      name: 'rpc.server.active_requests',
      description: 'Number of incoming calls in flight.',
      unit: '{request}',
    },
  },
};

/** Every metric of one call that is over, with `activeCalls`. */
export function goldenMetrics(
  mode: Mode,
  side: Side,
  { code, name, failure }: Outcome,
  port: number,
  seconds: number,
): readonly PlainMetric[] {
  const scope = goldenScope(mode);
  // A server's own would be a series for each name that it is called by.
  const server = side === 'client' ? { 'server.address': '127.0.0.1', 'server.port': port } : {};
  const ended = { 'rpc.status_code': name, ...(failure[side] !== undefined && { 'error.type': name }) };
  const stable: PlainMetric = {
    scope,
    ...STABLE_DURATION[side],
    // By one convention alone, also where both are followed.
    points: [{ attributes: { ...METHOD.stable, ...server, ...ended }, value: onePoint(BOUNDARIES, seconds) }],
  };
  const old: PlainMetric = {
    scope,
    ...OLD_DURATION[side],
    points: [
      {
        attributes: { ...METHOD.old, ...server, 'rpc.grpc.status_code': code },
        value: onePoint(OLD_BOUNDARIES, seconds * 1000),
      },
    ],
  };
  const active: PlainMetric = {
    scope,
    ...ACTIVE[side],
    points: [{ attributes: { ...METHOD[mode], ...server }, value: 0 }],
  };
  return { stable: [stable, active], dup: [stable, old, active], old: [old, active] }[mode];
}
