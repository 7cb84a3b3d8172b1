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
  filter: { expected: 'a function', taken: [NOOP] },
  attributes: { expected: 'an object of attributes or a function', taken: [{}, { tenant: 'a' }, NOOP] },
  startHook: { expected: 'a function', taken: [NOOP] },
  endHook: { expected: 'a function', taken: [NOOP] },
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
  isError: { expected: 'a function', taken: [NOOP] },
  errorEvents: {
    expected: "'span' or 'logs' or 'dup' or 'none'",
    taken: ['span', 'logs', 'dup', 'none'],
  },
  loggerProvider: { expected: 'a LoggerProvider', taken: [{ getLogger: NOOP }] },
  metricAttributes: { expected: 'a function', taken: [NOOP] },
  activeCalls: { expected: 'a boolean', taken: [true, false] },
  messageCounts: { expected: 'a boolean', taken: [true, false] },
  knownMethods: {
    expected: "a list of methods, 'pkg.Service/Method'",
    taken: [[], ['a.B/C'], ['/a.B/C', 'B/C']],
  },
  semanticConventions: { expected: "'stable' or 'dup' or 'old'", taken: ['stable', 'dup', 'old'] },
  trustIncoming: { expected: 'a boolean or a function', taken: [true, false, NOOP] },
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
      "client tracing options: 'filter' must be a function, got " +
        `{ first: '${value.first}', second: { third: [Object] } }`,
    ),
  );
});

it.each([
  [198, `'${'x'.repeat(198)}'`],
  [199, `'${'x'.repeat(199)}…`],
])('of what was given, 200 characters are shown: %i in quotes', (length, shown) => {
  expect(() => checkOptions('client', { filter: 'x'.repeat(length) })).toThrow(
    new TypeError(`client tracing options: 'filter' must be a function, got ${shown}`),
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
