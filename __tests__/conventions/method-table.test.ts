import type { Attributes } from '@opentelemetry/api';
import { CONVENTIONS, STABLE, type SemanticConventions } from '../../lib/conventions/attributes.js';
import { KnownMethods } from '../../lib/conventions/known-methods.js';
import { MethodTable } from '../../lib/conventions/method-table.js';
import { allOf, not, reflection, service } from '../../lib/rpc/filters.js';
import type { Address } from '../../lib/rpc/target.js';

const UNARY = { path: '/test.Echo/Unary', requestStream: false, responseStream: false };

describe('what is known of a method', () => {
  it('is found out once', () => {
    const methods = new MethodTable('client', allOf(), [STABLE], new KnownMethods('client', undefined));
    expect(methods.get({ ...UNARY })).toBe(methods.get({ ...UNARY }));
  });

  it.each([
    ['request', { ...UNARY, requestStream: true }],
    ['response', { ...UNARY, responseStream: true }],
  ])('is found out again for another shape of the %s: a generic client may call one path so', (_part, other) => {
    const methods = new MethodTable('client', allOf(), [STABLE], new KnownMethods('client', undefined));
    expect(methods.get(UNARY).rpc).toMatchObject(UNARY_RPC);
    expect(methods.get(other).rpc).toMatchObject({
      requestStream: other.requestStream,
      responseStream: other.responseStream,
    });
  });

  it('is forgotten before made-up paths fill the memory', () => {
    const methods = new MethodTable('client', allOf(), [STABLE], new KnownMethods('client', undefined));
    const first = methods.get(UNARY);
    for (let i = 0; i < 4095; i++) methods.get({ ...UNARY, path: `/made.Up/${i}` });
    expect(methods.get(UNARY)).toBe(first);
    methods.get({ ...UNARY, path: '/one/more' });
    expect(methods.get(UNARY)).not.toBe(first);
    expect(methods.get(UNARY).rpc).toEqual(first.rpc);
  });

  it('says whether it is wanted', () => {
    const methods = new MethodTable(
      'client',
      not(service('test.Echo')),
      [STABLE],
      new KnownMethods('client', undefined),
    );
    expect([methods.get(UNARY).isWanted(), methods.get({ ...UNARY, path: '/test.Other/Unary' }).isWanted()]).toEqual([
      false,
      true,
    ]);
  });
});

it('a filter that is not constant is asked at every call, with what is known of the method', () => {
  const filter = jest.fn(() => false).mockReturnValueOnce(true);
  const methods = new MethodTable('client', filter, [STABLE], new KnownMethods('client', undefined));
  const method = methods.get(UNARY);
  expect(filter).not.toHaveBeenCalled();
  expect([method.isWanted(), method.isWanted()]).toEqual([true, false]);
  expect(filter.mock.calls).toEqual([[method.rpc], [method.rpc]]);
});

it('a constant one is asked when the method is met', () => {
  // Whatever reads the service asks.
  const asked = jest.spyOn(Array.prototype, 'includes');
  const method = new MethodTable('client', reflection, [STABLE], new KnownMethods('client', undefined)).get(UNARY);
  const [met] = [asked.mock.calls.length, method.isWanted(), method.isWanted()];
  const now = asked.mock.calls.length;
  asked.mockRestore();
  expect([met, now]).toEqual([1, 1]);
});

describe('what a span starts with', () => {
  const SERVER: Address = { address: 'grpc.io', port: 443 };
  const METHOD = { 'rpc.system.name': 'grpc', 'rpc.method': 'test.Echo/Unary' };
  const AT_SERVER = { ...METHOD, 'server.address': 'grpc.io', 'server.port': 443 };

  it.each<[what: string, server: Address | undefined, peer: Address | undefined, expected: Attributes]>([
    ['nothing but the method', undefined, undefined, METHOD],
    ['a server', SERVER, undefined, AT_SERVER],
    ['a server without a port', { address: '/run/x' }, undefined, { ...METHOD, 'server.address': '/run/x' }],
    [
      'a peer',
      undefined,
      { address: '::1', port: 0 },
      { ...METHOD, 'network.peer.address': '::1', 'network.peer.port': 0 },
    ],
    ['a peer without a port', undefined, { address: '/run/x' }, { ...METHOD, 'network.peer.address': '/run/x' }],
    [
      'both',
      SERVER,
      { address: '::1', port: 1 },
      { ...AT_SERVER, 'network.peer.address': '::1', 'network.peer.port': 1 },
    ],
  ])('%s', (_what, server, peer, expected) => {
    const method = new MethodTable('client', allOf(), [STABLE], new KnownMethods('client', undefined)).get(UNARY);
    // The second time from what was kept the first time.
    for (let n = 0; n < 2; n++) expect(method.startAttributes(server, peer)).toStrictEqual(expected);
  });

  it('is a copy, to be added to', () => {
    const method = new MethodTable('client', allOf(), [STABLE], new KnownMethods('client', undefined)).get(UNARY);
    for (const server of [undefined, SERVER]) {
      method.startAttributes(server)['added'] = true;
      method.startAttributes(server, { address: '::1', port: 1 })['added'] = true;
      expect(method.startAttributes(server)).not.toHaveProperty('added');
      expect(method.startAttributes(server, { address: '::1', port: 2 })).not.toHaveProperty('added');
    }
  });

  it.each<[SemanticConventions, Attributes]>([
    ['stable', METHOD],
    ['old', { 'rpc.system': 'grpc', 'rpc.service': 'test.Echo', 'rpc.method': 'Unary' }],
    ['dup', { ...METHOD, 'rpc.system': 'grpc', 'rpc.service': 'test.Echo' }],
  ])('follows the conventions: %s', (name, expected) => {
    const method = new MethodTable('client', allOf(), CONVENTIONS[name], new KnownMethods('client', undefined)).get(
      UNARY,
    );
    expect(method.startAttributes(undefined)).toStrictEqual(expected);
  });

  it('is put together once for each server, by the object that it is', () => {
    const addMethod = jest.fn();
    const method = new MethodTable(
      'client',
      allOf(),
      [{ ...STABLE, addMethod }],
      new KnownMethods('client', undefined),
    ).get(UNARY);
    const at = { 'server.address': 'grpc.io', 'server.port': 443 };
    const answers = [undefined, SERVER, undefined, SERVER].map((server) => method.startAttributes(server));
    expect(answers).toStrictEqual([{}, at, {}, at]);
    expect(addMethod).toHaveBeenCalledTimes(2);
  });
});

const UNARY_RPC = { side: 'client', fullMethod: 'test.Echo/Unary', requestStream: false, responseStream: false };
