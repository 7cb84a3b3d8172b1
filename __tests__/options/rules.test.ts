import { runInNewContext } from 'node:vm';
import type { ServerTracingOptions } from '../../lib/options/options.js';
import { checkOptions, isOptionName } from '../../lib/options/rules.js';

const NOOP = (): undefined => undefined;

interface Rule {
  /** What a message says that it must be. */
  readonly expected: string;
  readonly taken: readonly unknown[];
}

/** What each option takes, said here once more: an option that nobody has written down does not compile. */
const RULES: Readonly<Record<keyof ServerTracingOptions, Rule>> = {
  tracerProvider: { expected: 'a TracerProvider', taken: [{ getTracer: NOOP }] },
  propagator: { expected: 'a TextMapPropagator', taken: [{ inject: NOOP, extract: NOOP, fields: NOOP }] },
  meterProvider: { expected: 'a MeterProvider', taken: [{ getMeter: NOOP }] },
  tracerName: { expected: 'a non-empty string', taken: ['a'] },
  filter: { expected: 'a synchronous function', taken: [NOOP] },
  attributes: { expected: 'an object of attributes or a synchronous function', taken: [{}, { tenant: 'a' }, NOOP] },
  startHook: { expected: 'a synchronous function', taken: [NOOP] },
  endHook: { expected: 'a synchronous function', taken: [NOOP] },
  captureMetadata: {
    expected: '{ request?, response?, trailer? }, each a list of metadata keys',
    taken: [
      {},
      { request: ['user-agent', 'X_1.bin'] },
      { response: [] },
      { trailer: ['a'], request: undefined },
      { request: ['a'], response: ['b'], trailer: ['c'] },
    ],
  },
  messageEvents: {
    expected: 'a boolean or { limit: an integer >= 0 }',
    taken: [true, false, { limit: 0 }, { limit: 1 }],
  },
  isError: { expected: 'a synchronous function', taken: [NOOP] },
  errorEvents: {
    expected: "'span' or 'logs' or 'dup' or 'none'",
    taken: ['span', 'logs', 'dup', 'none'],
  },
  loggerProvider: { expected: 'a LoggerProvider', taken: [{ getLogger: NOOP }] },
  metricAttributes: { expected: 'a synchronous function', taken: [NOOP] },
  activeCalls: { expected: 'a boolean', taken: [true, false] },
  messageCounts: { expected: 'a boolean', taken: [true, false] },
  knownMethods: {
    expected: "a list of methods, 'pkg.Service/Method'",
    taken: [[], ['a.B/C'], ['/a.B/C', 'B/C']],
  },
  semanticConventions: { expected: "'stable' or 'dup' or 'old'", taken: ['stable', 'dup', 'old'] },
  trustIncoming: { expected: 'a boolean or a synchronous function', taken: [true, false, NOOP] },
};

const TAKEN = Object.entries(RULES).flatMap(([option, { taken }]) =>
  taken.map((value): [option: string, value: unknown] => [option, value]),
);

it.each(TAKEN)('%s may be %p', (option, value) => {
  expect(() => checkOptions('server', { [option]: value })).not.toThrow();
});

it.each(Object.entries(RULES))('%s says what it takes', (option, { expected }) => {
  expect(() => checkOptions('server', { [option]: Symbol('sign') })).toThrow(
    new TypeError(`server tracing options: '${option}' must be ${expected}, got Symbol(sign)`),
  );
});

const ASYNC: readonly (readonly [what: string, make: () => unknown])[] = [
  ['an async function', () => async () => Promise.resolve(true)],
  ['one that is bound', () => (async () => Promise.resolve(true)).bind(undefined)],
  ['one behind a proxy', () => new Proxy(async () => Promise.resolve(true), {})],
  ['one of another realm', () => runInNewContext('async () => true') as unknown],
  [
    'a generator',
    () =>
      function* () {
        yield true;
      },
  ],
  [
    'an async generator',
    () =>
      async function* () {
        yield Promise.resolve(true);
      },
  ],
];

describe.each(['filter', 'attributes', 'startHook', 'endHook', 'isError', 'metricAttributes', 'trustIncoming'])(
  '%s may be no function that answers later',
  (option) => {
    it.each(ASYNC)('%s', (_what, make) => {
      expect(() => checkOptions('server', { [option]: make() })).toThrow(
        new RegExp(
          `^server tracing options: '${option}' must be .*a synchronous function, got .*(Async|Generator)Function`,
        ),
      );
    });

    it.each<[what: string, fn: unknown]>([
      ['of another realm', runInNewContext('() => true')],
      ['that is bound', NOOP.bind(undefined)],
      ['that the runtime has', Math.max],
      ['of a method', { filter: () => true }.filter],
      ['with a tag of its own', Object.assign(() => true, { [Symbol.toStringTag]: 'Mine' })],
    ])('any other: one %s', (_what, fn) => {
      expect(() => checkOptions('server', { [option]: fn })).not.toThrow();
    });
  },
);

it.each(['inject', 'extract'])('a propagator whose %s answers later is none', (method) => {
  const propagator = { inject: NOOP, extract: NOOP, fields: NOOP, [method]: async () => Promise.resolve() };
  expect(() => checkOptions('client', { propagator })).toThrow("'propagator' must be a TextMapPropagator");
});

it.each<[what: string, value: unknown, shown: string]>([
  ['a function', NOOP, '[Function: NOOP]'],
  ['a bigint, in a list', ['a', 1n], "[ 'a', 1n ]"],
])('of attributes, the one that no span can hold is named: %s', (_what, wrong, shown) => {
  expect(() => checkOptions('client', { attributes: { region: 'eu', 'enduser.id': wrong } })).toThrow(
    new TypeError(
      "client tracing options: 'enduser.id' of 'attributes' must be a string, number, boolean, list or object, got " +
        shown,
    ),
  );
});

it.each([
  ['a part', { captureMetadata: { request: ['a'], requests: ['b'] } }],
  ['a key', { captureMetadata: { request: ['a', 'b c'] } }],
  ['a list of keys', { captureMetadata: { request: ['a'], trailer: 'b' } }],
  ['a method', { knownMethods: ['a.B/C', 'SayHello'] }],
  ['a method that is none', { knownMethods: ['a.B/C', 1] }],
  ['an option', { tracerName: 'a', filter: true }],
])('one wrong thing beside right ones is refused: %s', (_what, options) => {
  expect(() => checkOptions('server', options)).toThrow(TypeError);
});

it('what was given is shown on one line, and not to its depths', () => {
  const value = { first: 'x'.repeat(60), second: { third: { fourth: 'y'.repeat(60) } } };
  expect(() => checkOptions('client', { filter: value })).toThrow(
    new TypeError(
      "client tracing options: 'filter' must be a synchronous function, got " +
        `{ first: '${value.first}', second: { third: [Object] } }`,
    ),
  );
});

it.each([
  [198, `'${'x'.repeat(198)}'`],
  [199, `'${'x'.repeat(199)}…`],
])('of what was given, 200 characters are shown: %i in quotes', (length, shown) => {
  expect(() => checkOptions('client', { filter: 'x'.repeat(length) })).toThrow(
    new TypeError(`client tracing options: 'filter' must be a synchronous function, got ${shown}`),
  );
});

it.each([
  ['client', { method_definition: {} }, 'tracingClientInterceptor'],
  ['server', { path: '/a.B/C' }, 'tracingServerInterceptor'],
] as const)('what grpc-js hands a %s interceptor in place of the options', (side, handed, call) => {
  expect(() => checkOptions(side, handed)).toThrow(
    new TypeError(`${side} tracing: call the function, interceptors: [${call}()]`),
  );
});

it.each([
  ['filter', true],
  ['trustIncoming', true],
  ['Filter', false],
  ['deadline', false],
  ['toString', false],
])('%s is what an option is called: %s', (key, is) => {
  expect(isOptionName(key)).toBe(is);
});
