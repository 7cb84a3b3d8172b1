import { CONVENTIONS, type SemanticConventions } from '../../lib/conventions/attributes.js';
import { KnownMethods } from '../../lib/conventions/known-methods.js';
import { MethodTable } from '../../lib/conventions/method-table.js';
import { createRpcInfo, type RpcInfo, type RpcSide } from '../../lib/rpc/rpc-info.js';

const rpcOf = (path: string, shape = { requestStream: false, responseStream: false }): RpcInfo =>
  createRpcInfo('client', { path, ...shape });

const made = (count: number): RpcInfo[] => Array.from({ length: count }, (_, n) => rpcOf(`/made.Up/Method${n}`));

describe('without a list', () => {
  it('the first 256 are themselves, and stay so; all others are one', () => {
    const known = new KnownMethods('client', undefined);
    const methods = made(1000);
    const first = methods.map((rpc) => known.measuredAs(rpc));
    expect(first.slice(0, 256)).toEqual(methods.slice(0, 256));
    expect(new Set(first.slice(256)).size).toBe(1);
    expect(first[256]?.fullMethod).toBe('_OTHER');
    // However often they come, and in whatever order.
    const again = methods.toReversed().map((rpc) => known.measuredAs(rpc));
    expect(again.toReversed().map((rpc, index) => rpc === first[index])).toEqual(first.map(() => true));
  });

  it('two shapes of one path are one, the first that was met', () => {
    const known = new KnownMethods('client', undefined);
    const unary = known.measuredAs(rpcOf('/a.B/C'));
    expect(known.measuredAs(rpcOf('/a.B/C', { requestStream: true, responseStream: true }))).toBe(unary);
  });

  it('a method that is met again, as after made-up paths have filled the table, takes no second place', () => {
    const known = new KnownMethods('client', undefined);
    const first = rpcOf('/a.B/C');
    for (let n = 0; n < 300; n++) expect(known.measuredAs(rpcOf('/a.B/C'))).toBe(known.measuredAs(first));
    const methods = made(255);
    expect(methods.map((rpc) => known.measuredAs(rpc))).toEqual(methods);
  });
});

describe('with a list', () => {
  it.each<[what: string, names: string[], path: string, expected: string]>([
    ['a name', ['a.B/C'], '/a.B/C', 'a.B/C'],
    ['a name with a slash before it', ['/a.B/C'], '/a.B/C', 'a.B/C'],
    ['a name of a path without a slash before it', ['/a.B/C'], 'a.B/C', 'a.B/C'],
    ['a name without a package', ['B/C'], '/B/C', 'B/C'],
    ['one that is not named', ['a.B/C'], '/a.B/D', '_OTHER'],
    ['one that begins like it', ['a.B/C'], '/a.B/CD', '_OTHER'],
    ['one that ends like it', ['a.B/C'], '/aa.B/C', '_OTHER'],
    ['one in another case', ['a.B/C'], '/a.b/C', '_OTHER'],
    ['one with a slash more', ['a.B/C'], '//a.B/C', '_OTHER'],
    ['a service', ['a.B/'], '/a.B/C', '_OTHER'],
    ['an empty list', [], '/a.B/C', '_OTHER'],
    ['the name of the others', ['a.B/C'], '/_OTHER', '_OTHER'],
  ])('%s: %j, %s is %s', (_what, names, path, expected) => {
    expect(new KnownMethods('client', names).measuredAs(rpcOf(path)).fullMethod).toBe(expected);
  });

  it('all that are named are themselves, however many', () => {
    const methods = made(1000);
    const known = new KnownMethods(
      'client',
      methods.map(({ fullMethod }) => fullMethod),
    );
    expect(methods.map((rpc) => known.measuredAs(rpc))).toEqual(methods);
  });

  it('may be changed afterwards, and is not changed', () => {
    const names = ['/a.B/C'];
    const known = new KnownMethods('client', names);
    names[0] = 'a.B/D';
    expect(['/a.B/C', '/a.B/D'].map((path) => known.measuredAs(rpcOf(path)).fullMethod)).toEqual(['a.B/C', '_OTHER']);
    expect(names).toEqual(['a.B/D']);
  });
});

describe('the others', () => {
  it.each<RpcSide>(['client', 'server'])('are one frozen method of no service, on the %s', (side) => {
    const other = new KnownMethods(side, []).measuredAs(rpcOf('/a.B/C'));
    expect(other).toStrictEqual({
      side,
      service: '',
      method: '_OTHER',
      fullMethod: '_OTHER',
      requestStream: false,
      responseStream: false,
    });
    expect(Object.isFrozen(other)).toBe(true);
  });

  it.each<[SemanticConventions, expected: object]>([
    ['stable', { 'rpc.system.name': 'grpc', 'rpc.method': '_OTHER' }],
    ['dup', { 'rpc.system.name': 'grpc', 'rpc.system': 'grpc', 'rpc.method': '_OTHER' }],
    ['old', { 'rpc.system': 'grpc', 'rpc.method': '_OTHER' }],
  ])('have no service in any conventions: %s', (mode, expected) => {
    const attributes = {};
    const other = new KnownMethods('client', []).measuredAs(rpcOf('/a.B/C'));
    for (const { addMethod } of CONVENTIONS[mode]) addMethod(attributes, other);
    expect(attributes).toStrictEqual(expected);
  });
});

it('a method asks as what it is measured once, and only when it is', () => {
  const known = new KnownMethods('client', undefined);
  const asked = jest.spyOn(known, 'measuredAs');
  const methods = new MethodTable('client', () => true, CONVENTIONS.stable, known);
  const method = methods.get({ path: '/a.B/C', requestStream: false, responseStream: false });
  method.startAttributes(undefined);
  expect([method.isWanted(), asked.mock.calls.length]).toEqual([true, 0]);
  expect([method.measuredAs, method.measuredAs]).toEqual([method.rpc, method.rpc]);
  expect(asked).toHaveBeenCalledTimes(1);
});
