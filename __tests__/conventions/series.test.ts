import type { Attributes } from '@opentelemetry/api';
import { CONVENTIONS, STABLE, type SemanticConventions } from '../../lib/conventions/attributes.js';
import { Series } from '../../lib/conventions/series.js';
import { createRpcInfo, type RpcInfo, type RpcSide } from '../../lib/rpc/rpc-info.js';
import type { Address } from '../../lib/rpc/target.js';

const rpcOf = (side: RpcSide, path = '/a.B/C'): RpcInfo =>
  createRpcInfo(side, { path, requestStream: false, responseStream: false });

const CLIENT = rpcOf('client');
const SERVER = rpcOf('server');
const AT: Address = { address: 'grpc.io', port: 443 };
const METHOD = { 'rpc.system.name': 'grpc', 'rpc.method': 'a.B/C' };

describe('what a series says', () => {
  it.each<[what: string, rpc: RpcInfo, at: Address | undefined, expected: Attributes]>([
    ['a client', CLIENT, AT, { ...METHOD, 'server.address': 'grpc.io', 'server.port': 443 }],
    ['a client at a server without a port', CLIENT, { address: '/run/x' }, { ...METHOD, 'server.address': '/run/x' }],
    ['a client that cannot tell its server', CLIENT, undefined, METHOD],
    ['a server', SERVER, undefined, METHOD],
    ['a server, whatever it is called by', SERVER, AT, METHOD],
  ])('of %s', (_what, rpc, at, expected) => {
    const series = new Series([STABLE]);
    // The second time from what was kept the first time.
    for (let n = 0; n < 2; n++) {
      expect(series.started(rpc, at)).toStrictEqual(expected);
      expect(series.ended(rpc, at, 5, true)).toStrictEqual({
        ...expected,
        'rpc.status_code': 'NOT_FOUND',
        'error.type': 'NOT_FOUND',
      });
      expect(series.ended(rpc, at, 5, false)).toStrictEqual({ ...expected, 'rpc.status_code': 'NOT_FOUND' });
      expect(series.ended(rpc, at, 0, true)).toStrictEqual({
        ...expected,
        'rpc.status_code': 'OK',
        'error.type': 'OK',
      });
      expect(series.ended(rpc, at, 0, false)).toStrictEqual({ ...expected, 'rpc.status_code': 'OK' });
    }
  });

  it.each<[SemanticConventions, started: Attributes, ended: Attributes]>([
    ['stable', METHOD, { 'rpc.status_code': 'INTERNAL', 'error.type': 'INTERNAL' }],
    ['old', { 'rpc.system': 'grpc', 'rpc.service': 'a.B', 'rpc.method': 'C' }, { 'rpc.grpc.status_code': 13 }],
    [
      'dup',
      { ...METHOD, 'rpc.system': 'grpc', 'rpc.service': 'a.B' },
      { 'rpc.status_code': 'INTERNAL', 'error.type': 'INTERNAL', 'rpc.grpc.status_code': 13 },
    ],
  ])('by the conventions: %s', (mode, started, ended) => {
    const series = new Series(CONVENTIONS[mode]);
    expect(series.started(SERVER, undefined)).toStrictEqual(started);
    expect(series.ended(SERVER, undefined, 13, true)).toStrictEqual({ ...started, ...ended });
  });
});

describe('one object is kept', () => {
  const OTHER = rpcOf('client', '/a.B/D');
  const ELSEWHERE: Address = { ...AT };

  /** Of a client's calls, those that go on and those that ended, with each of these codes as a failure or not. */
  const all = (series: Series): Attributes[] =>
    [CLIENT, OTHER].flatMap((rpc) =>
      [AT, ELSEWHERE, undefined].flatMap((at) => [
        series.started(rpc, at),
        ...[0, 5, 16].flatMap((code) => [series.ended(rpc, at, code, true), series.ended(rpc, at, code, false)]),
      ]),
    );

  it('for each method, server, code, and whether it failed; frozen', () => {
    const series = new Series([STABLE]);
    const first = all(series);
    expect(new Set(first).size).toBe(2 * 3 * (1 + 3 * 2));
    expect(first.every(Object.isFrozen)).toBe(true);
    expect(all(series).map((attributes, index) => attributes === first[index])).toEqual(first.map(() => true));
  });

  it('and made once', () => {
    const [addMethod, addOutcome] = [jest.fn(), jest.fn()];
    const series = new Series([{ ...STABLE, addMethod, addOutcome }]);
    for (let n = 0; n < 3; n++) {
      series.started(CLIENT, AT);
      series.ended(CLIENT, AT, 0, false);
    }
    expect([addMethod.mock.calls.length, addOutcome.mock.calls.length]).toEqual([2, 1]);
  });
});

it.each([17, 42, -1, -6, 2 ** 31, Number.MAX_SAFE_INTEGER])(
  'none is kept of a code that gRPC has not defined, of which a peer may make up many: %d',
  (code) => {
    const series = new Series([STABLE]);
    const defined = (): Attributes[] =>
      Array.from({ length: 17 }, (_, each) => [
        series.ended(SERVER, undefined, each, true),
        series.ended(SERVER, undefined, each, false),
      ]).flat();
    // Whatever is kept of those that it has defined, it is none of them.
    const before = defined();
    for (const failed of [true, false]) {
      const made = series.ended(SERVER, undefined, code, failed);
      expect(made).toStrictEqual({
        ...METHOD,
        'rpc.status_code': String(code),
        ...(failed && { 'error.type': String(code) }),
      });
      expect(series.ended(SERVER, undefined, code, failed)).not.toBe(made);
    }
    expect(defined().every((attributes, index) => attributes === before[index])).toBe(true);
  },
);
