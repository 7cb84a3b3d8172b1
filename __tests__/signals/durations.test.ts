import { ROOT_CONTEXT } from '@opentelemetry/api';
import { createRpcInfo, type RpcSide } from '../../lib/rpc/rpc-info.js';
import type { Address } from '../../lib/rpc/target.js';
import { metricsOf } from '../../lib/signals/metrics.js';
import { Measurements } from '../helpers/measurements.js';

const SERVER: Address = { address: 'grpc.io', port: 443 };
const CALLED = { 'rpc.system.name': 'grpc', 'rpc.method': 'a.B/C', 'rpc.status_code': 'OK' };

it.each<[what: string, side: RpcSide, server: Address | undefined, expected: object]>([
  ['a client and the server that it calls', 'client', SERVER, { 'server.address': 'grpc.io', 'server.port': 443 }],
  ['a client that cannot tell its server', 'client', undefined, {}],
  ['a server, which would have a series for each name that it is called by', 'server', SERVER, {}],
])('the series of %s', async (_what, side, server, expected) => {
  const measurements = new Measurements();
  const rpc = createRpcInfo(side, { path: '/a.B/C', requestStream: false, responseStream: false });
  const sources = { side, meterProvider: measurements.provider, conventions: 'stable', activeCalls: false } as const;
  const call = { rpc, server, own: undefined, context: ROOT_CONTEXT, startedAt: 0, counted: false };
  metricsOf(sources)()?.ended(call, 0, false, 1);
  expect(await measurements.series(1)).toStrictEqual({
    [`rpc.${side}.call.duration`]: [{ ...CALLED, ...expected }],
  });
});
