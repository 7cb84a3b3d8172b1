import { allOf, not, service } from '../lib/filters.js';
import { STABLE } from '../lib/attributes.js';
import { MethodTable } from '../lib/method-table.js';

const UNARY = { path: '/test.Echo/Unary', requestStream: false, responseStream: false };

describe('what is known of a method', () => {
  it('is found out once', () => {
    const methods = new MethodTable('client', allOf(), [STABLE]);
    expect(methods.get({ ...UNARY })).toBe(methods.get({ ...UNARY }));
  });

  it.each([
    ['request', { ...UNARY, requestStream: true }],
    ['response', { ...UNARY, responseStream: true }],
  ])('is found out again for another shape of the %s: a generic client may call one path so', (_part, other) => {
    const methods = new MethodTable('client', allOf(), [STABLE]);
    expect(methods.get(UNARY).rpc).toMatchObject(UNARY_RPC);
    expect(methods.get(other).rpc).toMatchObject({
      requestStream: other.requestStream,
      responseStream: other.responseStream,
    });
  });

  it('is forgotten before made-up paths fill the memory', () => {
    const methods = new MethodTable('client', allOf(), [STABLE]);
    const first = methods.get(UNARY);
    for (let i = 0; i < 4095; i++) methods.get({ ...UNARY, path: `/made.Up/${i}` });
    expect(methods.get(UNARY)).toBe(first);
    methods.get({ ...UNARY, path: '/one/more' });
    expect(methods.get(UNARY)).not.toBe(first);
    expect(methods.get(UNARY).rpc).toEqual(first.rpc);
  });

  it('says whether it is wanted', () => {
    const methods = new MethodTable('client', not(service('test.Echo')), [STABLE]);
    expect([methods.get(UNARY).isWanted(), methods.get({ ...UNARY, path: '/test.Other/Unary' }).isWanted()]).toEqual([
      false,
      true,
    ]);
  });
});

const UNARY_RPC = { side: 'client', fullMethod: 'test.Echo/Unary', requestStream: false, responseStream: false };
