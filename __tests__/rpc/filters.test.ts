import fc from 'fast-check';
import { allOf, anyOf, healthCheck, method, not, reflection, service } from '../../lib/rpc/filters.js';
import { isConstant, type RpcFilter } from '../../lib/rpc/rpc-filter.js';
import { createRpcInfo, type RpcInfo } from '../../lib/rpc/rpc-info.js';

const rpc = (path: string): RpcInfo => createRpcInfo('server', { path, requestStream: false, responseStream: false });

const CHECK = '/grpc.health.v1.Health/Check';
const WATCH = '/grpc.health.v1.Health/Watch';
const REFLECT = '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo';
const REFLECT_ALPHA = '/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo';
const HELLO = '/helloworld.Greeter/SayHello';
const BYE = '/helloworld.Greeter/SayBye';

const yes: RpcFilter = () => true;
const no: RpcFilter = () => false;

describe('true = instrument the call', () => {
  test.each<[expression: string, path: string, expected: boolean, filter: RpcFilter]>([
    ['healthCheck', CHECK, true, healthCheck],
    ['healthCheck', WATCH, true, healthCheck],
    ['healthCheck', HELLO, false, healthCheck],
    ['healthCheck', '/grpc.health.v2.Health/Check', false, healthCheck],
    ['healthCheck', '/my.grpc.health.v1.Health/Check', false, healthCheck],
    ['healthCheck', '/grpc.health.v1.HealthX/Check', false, healthCheck],
    ['healthCheck', '/GRPC.HEALTH.V1.HEALTH/Check', false, healthCheck],
    ['healthCheck', 'grpc.health.v1.Health', false, healthCheck],
    ['reflection', REFLECT, true, reflection],
    ['reflection', REFLECT_ALPHA, true, reflection],
    ['reflection', CHECK, false, reflection],
    ['reflection', '/grpc.reflection.v1beta.ServerReflection/ServerReflectionInfo', false, reflection],
    ['reflection', '', false, reflection],

    ["service('helloworld.Greeter')", HELLO, true, service('helloworld.Greeter')],
    ["service('helloworld.Greeter')", BYE, true, service('helloworld.Greeter')],
    ["service('Greeter')", HELLO, false, service('Greeter')],
    ["service('helloworld')", HELLO, false, service('helloworld')],
    ["service('helloworld.greeter')", HELLO, false, service('helloworld.greeter')],
    ["service('helloworld.Greeter/SayHello')", HELLO, false, service('helloworld.Greeter/SayHello')],
    ["service('.*')", HELLO, false, service('.*')],
    ["service('api/v1/a.B') for a path with a prefix", '/api/v1/a.B/C', true, service('api/v1/a.B')],

    ["method('helloworld.Greeter/SayHello')", HELLO, true, method('helloworld.Greeter/SayHello')],
    ["method('/helloworld.Greeter/SayHello')", HELLO, true, method('/helloworld.Greeter/SayHello')],
    ["method('helloworld.Greeter/SayHello')", BYE, false, method('helloworld.Greeter/SayHello')],
    ["method('helloworld.Greeter/Say')", HELLO, false, method('helloworld.Greeter/Say')],
    ["method('helloworld.Greeter/sayHello')", HELLO, false, method('helloworld.Greeter/sayHello')],
    ["method('Greeter/SayHello')", HELLO, false, method('Greeter/SayHello')],

    ['not(healthCheck)', CHECK, false, not(healthCheck)],
    ['not(healthCheck)', HELLO, true, not(healthCheck)],
    ['not(not(healthCheck))', CHECK, true, not(not(healthCheck))],
    ['not(anyOf(healthCheck, reflection))', CHECK, false, not(anyOf(healthCheck, reflection))],
    ['not(anyOf(healthCheck, reflection))', REFLECT_ALPHA, false, not(anyOf(healthCheck, reflection))],
    ['not(anyOf(healthCheck, reflection))', HELLO, true, not(anyOf(healthCheck, reflection))],
    ['allOf(service, not(method))', HELLO, true, allOf(service('helloworld.Greeter'), not(method(BYE)))],
    ['allOf(service, not(method))', BYE, false, allOf(service('helloworld.Greeter'), not(method(BYE)))],
    ['allOf(service, not(method))', CHECK, false, allOf(service('helloworld.Greeter'), not(method(BYE)))],
    ['anyOf()', HELLO, false, anyOf()],
    ['allOf()', HELLO, true, allOf()],
    ['anyOf(allOf(), anyOf())', HELLO, true, anyOf(allOf(), anyOf())],
  ])('%s of %s: %s', (_expression, path, expected, filter) => {
    expect(filter(rpc(path))).toBe(expected);
  });
});

test.each<[expression: string, constant: boolean, filter: RpcFilter]>([
  ['healthCheck', true, healthCheck],
  ['reflection', true, reflection],
  ["service('a.B')", true, service('a.B')],
  ["method('a.B/C')", true, method('a.B/C')],
  ['anyOf()', true, anyOf()],
  ['allOf()', true, allOf()],
  ['not(anyOf(healthCheck, reflection))', true, not(anyOf(healthCheck, reflection))],
  ['a filter of the user’s own', false, yes],
  ['not(own)', false, not(yes)],
  ['anyOf(own, healthCheck)', false, anyOf(yes, healthCheck)],
  ['allOf(healthCheck, own)', false, allOf(healthCheck, yes)],
  ['not(not(own))', false, not(not(yes))],
])('a combination is as constant as its parts: %s: %s', (_expression, constant, filter) => {
  expect(isConstant(filter)).toBe(constant);
});

test.each([
  ['anyOf stops at the first true', anyOf, yes],
  ['allOf stops at the first false', allOf, no],
])('%s', (_what, combine, decisive) => {
  const never = jest.fn(yes);
  combine(decisive, never)(rpc(HELLO));
  expect(never).not.toHaveBeenCalled();
});

test('a filter of the user’s own is asked with the RpcInfo', () => {
  const own = jest.fn(no);
  const info = rpc(HELLO);
  not(anyOf(allOf(own)))(info);
  expect(own.mock.calls).toStrictEqual([[info]]);
});

test('what a filter throws comes out, for whoever asks to report', () => {
  const broken: RpcFilter = () => {
    throw new RangeError('broken');
  };
  expect(() => not(anyOf(no, allOf(broken)))(rpc(HELLO))).toThrow(new RangeError('broken'));
});

test('De Morgan’s laws hold', () => {
  const filters = fc.array(fc.boolean().map((answer) => (answer ? yes : no)));
  fc.assert(
    fc.property(filters, (some) => {
      const info = rpc(HELLO);
      expect(not(anyOf(...some))(info)).toBe(allOf(...some.map(not))(info));
      expect(not(allOf(...some))(info)).toBe(anyOf(...some.map(not))(info));
    }),
  );
});

describe('a mistake is named when the filter is made', () => {
  // What callers without type checking pass.
  const untyped = (make: (argument: never) => RpcFilter) => make as (...given: unknown[]) => RpcFilter;

  test.each<[call: string, make: () => RpcFilter, message: string]>([
    ["service('')", () => service(''), "service(): expected a non-empty string, got ''"],
    ['service()', () => untyped(service)(), 'service(): expected a non-empty string, got undefined'],
    ['service(null)', () => untyped(service)(null), 'service(): expected a non-empty string, got null'],
    ['service(/a/)', () => untyped(service)(/a/), 'service(): expected a non-empty string, got /a/'],
    ["service(['a'])", () => untyped(service)(['a']), "service(): expected a non-empty string, got [ 'a' ]"],
    [
      'service of an object',
      () => untyped(service)({ a: { b: 1 } }),
      'service(): expected a non-empty string, got { a: [Object] }',
    ],
    ["method('')", () => method(''), "method(): expected a non-empty string, got ''"],
    ['method(1)', () => untyped(method)(1), 'method(): expected a non-empty string, got 1'],
    ["method('SayHello')", () => method('SayHello'), "method(): expected 'package.Service/Method', got 'SayHello'"],
    ["method('/SayHello')", () => method('/SayHello'), "method(): expected 'package.Service/Method', got '/SayHello'"],
    [
      "method('//SayHello')",
      () => method('//SayHello'),
      "method(): expected 'package.Service/Method', got '//SayHello'",
    ],
    ["method('a.B/')", () => method('a.B/'), "method(): expected 'package.Service/Method', got 'a.B/'"],
    ["method('/')", () => method('/'), "method(): expected 'package.Service/Method', got '/'"],
    ['not()', () => untyped(not)(), 'not(): argument 1 must be a filter function, got undefined'],
    ['not(true)', () => untyped(not)(true), 'not(): argument 1 must be a filter function, got true'],
    [
      'not of an asynchronous one',
      () => untyped(not)(async () => Promise.resolve(true)),
      'not(): argument 1 must be a filter function, got [AsyncFunction (anonymous)]',
    ],
    ["anyOf('a')", () => untyped(anyOf)('a'), "anyOf(): argument 1 must be a filter function, got 'a'"],
    [
      'anyOf([healthCheck])',
      () => untyped(anyOf)([healthCheck]),
      'anyOf(): argument 1 must be a filter function, got [ [Function: healthCheck] ]',
    ],
    [
      'not of an object',
      () => untyped(not)({ a: { b: 1 } }),
      'not(): argument 1 must be a filter function, got { a: [Object] }',
    ],
    [
      'allOf(healthCheck, {})',
      () => untyped(allOf)(healthCheck, {}),
      'allOf(): argument 2 must be a filter function, got {}',
    ],
  ])('%s', (_call, make, message) => {
    expect(make).toThrow(new TypeError(message));
  });
});
