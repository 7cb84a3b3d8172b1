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

it('a meter is handed the same frozen attributes for each call of a series, which it need not hash anew', () => {
  const handed: unknown[] = [];
  const keep = (_value: number, attributes?: object): void => void handed.push(attributes);
  const meter = Object.assign(new Measurements().provider.getMeter('test'), {
    createHistogram: () => ({ record: keep }),
    createUpDownCounter: () => ({ add: keep }),
  });
  const rpc = createRpcInfo('client', { path: '/a.B/C', requestStream: false, responseStream: false });
  const meterProvider = { getMeter: () => meter };
  const calls = metricsOf({ side: 'client', meterProvider, conventions: 'dup', activeCalls: true })();
  for (let n = 0; n < 2; n++) {
    const call = { rpc, server: SERVER, own: undefined, context: ROOT_CONTEXT, startedAt: 0, counted: false };
    calls?.started(call);
    calls?.ended(call, 0, false, 1);
  }
  // Up, down, and two durations.
  expect(handed).toHaveLength(8);
  expect(new Set(handed).size).toBe(3);
  expect(handed.every(Object.isFrozen)).toBe(true);
});
