import fc from 'fast-check';
import { createRpcInfo, type RpcInfo, type RpcSide } from '../../lib/rpc/rpc-info.js';

const UNARY = { requestStream: false, responseStream: false };

test('an RpcInfo describes the method and nothing else', () => {
  const definition = { path: '/helloworld.Greeter/SayHello', ...UNARY, requestSerialize: String, originalName: 'x' };
  expect(createRpcInfo('client', definition)).toStrictEqual({
    side: 'client',
    service: 'helloworld.Greeter',
    method: 'SayHello',
    fullMethod: 'helloworld.Greeter/SayHello',
    requestStream: false,
    responseStream: false,
  });
});

test('an RpcInfo cannot be changed by the hooks that get it', () => {
  const rpc = createRpcInfo('server', { path: '/a.B/C', ...UNARY });
  expect(Object.isFrozen(rpc)).toBe(true);
});

test.each<RpcSide>(['client', 'server'])('side: %s', (side) => {
  expect(createRpcInfo(side, { path: '/a.B/C', ...UNARY }).side).toBe(side);
});

test.each([
  ['unary', false, false],
  ['client streaming', true, false],
  ['server streaming', false, true],
  ['bidi streaming', true, true],
])('call shape: %s', (_shape, requestStream, responseStream) => {
  expect(createRpcInfo('server', { path: '/a.B/C', requestStream, responseStream })).toMatchObject({
    requestStream,
    responseStream,
  });
});

describe('a path divides at its last slash', () => {
  test.each<[what: string, path: string, names: Pick<RpcInfo, 'service' | 'method' | 'fullMethod'>]>([
    ['with a package', '/pkg.Service/Method', name('pkg.Service', 'Method', 'pkg.Service/Method')],
    ['without a package', '/Service/Method', name('Service', 'Method', 'Service/Method')],
    ['without the leading slash', 'pkg.Service/Method', name('pkg.Service', 'Method', 'pkg.Service/Method')],
    ['one part is a method', '/Method', name('', 'Method', 'Method')],
    ['no slash at all', 'Method', name('', 'Method', 'Method')],
    ['an empty service', '//Method', name('', 'Method', '/Method')],
    ['an empty method', '/pkg.Service/', name('pkg.Service', '', 'pkg.Service/')],
    ['a slash more in front', '//pkg.Service/Method', name('/pkg.Service', 'Method', '/pkg.Service/Method')],
    ['a slash more behind', '/pkg.Service/Method/', name('pkg.Service/Method', '', 'pkg.Service/Method/')],
    ['a slash more between', '/pkg.Service//Method', name('pkg.Service/', 'Method', 'pkg.Service//Method')],
    ['a prefix', '/api/v1/pkg.Service/Method', name('api/v1/pkg.Service', 'Method', 'api/v1/pkg.Service/Method')],
    ['an empty path', '', name('', '', '')],
    ['a slash alone', '/', name('', '', '')],
    ['two slashes alone', '//', name('', '', '/')],
    ['a query is part of the method', '/a.B/C?d=/', name('a.B/C?d=', '', 'a.B/C?d=/')],
    ['escapes stay', '/a.B%2FC/D%', name('a.B%2FC', 'D%', 'a.B%2FC/D%')],
    ['names of Object.prototype', '/constructor/__proto__', name('constructor', '__proto__', 'constructor/__proto__')],
  ])('%s: %j', (_what, path, names) => {
    expect(createRpcInfo('server', { path, ...UNARY })).toMatchObject(names);
  });

  function name(service: string, method: string, fullMethod: string) {
    return { service, method, fullMethod };
  }
});

test('whatever the path, service and method make up the full method, and no method has a slash', () => {
  const paths = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom('/', 'a', '.', 'B', '')).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(paths, (path) => {
      const { service, method, fullMethod } = createRpcInfo('server', { path, ...UNARY });
      expect(fullMethod).toBe(path.replace(/^\//, ''));
      expect(method).not.toContain('/');
      expect([method, `${service}/${method}`]).toContain(fullMethod);
    }),
  );
});
