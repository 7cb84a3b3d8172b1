import { trace, type TextMapPropagator, type Tracer, type TracerProvider } from '@opentelemetry/api';
import {
  tracingClientInterceptor,
  tracingServerInterceptor,
  withTracing,
  type TracingOptions,
} from '../../lib/index.js';

/** Callers without type checking pass anything; hence the casts. */
const MAKERS: readonly (readonly [name: string, make: (options: unknown) => unknown])[] = [
  ['tracingClientInterceptor', (options) => tracingClientInterceptor(options as TracingOptions)],
  ['tracingServerInterceptor', (options) => tracingServerInterceptor(options as TracingOptions)],
  ['withTracing', (options) => withTracing({}, options as TracingOptions)],
];

/** What the call threw. */
function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return 'nothing';
}

const NOOP = (): undefined => undefined;
const PROVIDER = { getTracer: NOOP };
const PROPAGATOR = { inject: NOOP, extract: NOOP, fields: NOOP };

/** Each value with what a message about it must show. */
const HOSTILE: readonly (readonly [value: unknown, shown: RegExp])[] = [
  [null, /null/],
  [0, /0/],
  [-1, /-1/],
  [NaN, /NaN/],
  [1n, /1/],
  [true, /true/],
  [false, /false/],
  ['', /''|""/],
  [Symbol('sign'), /Symbol\(sign\)/],
  [[], /array|\[\]/],
  [[PROVIDER], /array|\[/],
  [new Date(0), /object|1970/],
  [Object.create(null), /object|\{/],
];

/** The values of these kinds alone, for options that take the others. */
const NON_OBJECTS = HOSTILE.filter(([value]) => typeof value !== 'object' || value === null || Array.isArray(value));
const NON_STRINGS = HOSTILE.filter(([value]) => typeof value !== 'string');
const WRONG: Readonly<Record<string, readonly (readonly [unknown, RegExp])[]>> = {
  tracerProvider: [
    ...HOSTILE,
    ['a string', /'a string'|"a string"/],
    [{}, /object|\{\}/],
    [NOOP, /function/i],
    [{ getTracer: true }, /object|getTracer: true/],
    [{ gettracer: NOOP }, /object|gettracer/],
  ],
  propagator: [
    ...HOSTILE,
    ['w3c', /'w3c'|"w3c"/],
    [{}, /object|\{\}/],
    [NOOP, /function/i],
    [{ ...PROPAGATOR, inject: undefined }, /object|inject/],
    [{ ...PROPAGATOR, extract: 'no' }, /object|extract/],
    [{ inject: NOOP, extract: NOOP }, /object|inject/],
  ],
  meterProvider: [...HOSTILE, ['a string', /'a string'|"a string"/], [{ getMeter: 1 }, /getMeter/]],
  filter: [...HOSTILE, ['yes', /'yes'|"yes"/], [{}, /object|\{\}/]],
  startHook: [...HOSTILE, [{}, /object|\{\}/]],
  endHook: [...HOSTILE, [{}, /object|\{\}/]],
  isError: [...HOSTILE, [{}, /object|\{\}/]],
  attributes: [...NON_OBJECTS, ['a=b', /'a=b'|"a=b"/]],
  captureMetadata: [
    ...NON_OBJECTS,
    [NOOP, /function/i],
    [{ requests: [] }, /requests/],
    [{ request: 'key' }, /request: 'key'/],
    [{ request: [1] }, /request/],
    [{ trailer: ['a key'] }, /trailer/],
    [{ response: [''] }, /response/],
  ],
  messageEvents: [
    ...NON_OBJECTS.filter(([value]) => typeof value !== 'boolean'),
    [{}, /\{\}/],
    [{ limit: -1 }, /limit: -1/],
    [{ limit: 1.5 }, /limit: 1.5/],
    [{ limit: NaN }, /limit: NaN/],
    [{ limit: '1' }, /limit: '1'/],
    [{ limit: Infinity }, /limit: Infinity/],
    [{ limit: 1, limits: 1 }, /limits/],
  ],
  semanticConventions: [...HOSTILE, ['Stable', /'Stable'/], ['toString', /'toString'/], [['stable'], /stable/]],
  tracerName: [
    ...NON_STRINGS,
    ['', /''|""/],
    [{}, /object|\{\}/],
    [NOOP, /function/i],
    [Object('boxed'), /object|boxed/],
  ],
};
const CASES = Object.entries(WRONG).flatMap(([option, values]) =>
  values.map(([value, shown]): [string, unknown, RegExp] => [option, value, shown]),
);

describe.each(MAKERS)('%s refuses', (_maker, make) => {
  it.each(CASES)('%s: %p', (option, value, shown) => {
    const error = thrownBy(() => make({ [option]: value }));
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toHaveProperty('message', expect.stringContaining(`'${option}'`));
    expect(error).toHaveProperty('message', expect.stringMatching(shown));
  });

  it.each(['tracerprovider', 'provider', 'propagators', 'constructor', 'toString', '__proto__', ''])(
    'the unknown option %p',
    (option) => {
      const options: unknown = JSON.parse(JSON.stringify({ tracerName: 'mine' }).replace('tracerName', option));
      const error = thrownBy(() => make(options));
      expect(error).toBeInstanceOf(TypeError);
      expect(error).toHaveProperty('message', expect.stringContaining(`'${option}'`));
    },
  );

  it.each([
    ['tracerprovider', "unknown option 'tracerprovider' (1), did you mean 'tracerProvider'?"],
    ['FILTER', "unknown option 'FILTER' (1), did you mean 'filter'?"],
    ['ignoreGrpcMethods', "unknown option 'ignoreGrpcMethods' (1): use filter"],
  ])('%s with advice', (option, message) => {
    expect(() => make({ [option]: 1 })).toThrow(message);
  });

  it('an unknown option without advice where nothing is near', () => {
    expect(thrownBy(() => make({ deadline: 1 }))).toHaveProperty(
      'message',
      expect.stringMatching(/: unknown option 'deadline' \(1\)$/),
    );
  });

  it('what has pages to show, with the first of them', () => {
    const { message } = thrownBy(() =>
      make({
        tracerName: 'x'
          .repeat(10)
          .split('')
          .map(() => 'y'.repeat(50)),
      }),
    ) as Error;
    expect(message).toMatch(/^\w+ tracing options: 'tracerName' must be a non-empty string, got \[ 'y.*…$/);
    expect(message.slice(message.indexOf('['))).toHaveLength(201);
  });

  it('an unknown option without a value', () => {
    expect(() => make({ tracerprovider: undefined })).toThrow(TypeError);
  });

  it.each<[unknown, RegExp]>([
    [null, /null/],
    [0, /0/],
    ['', /''|""/],
    ['tracerName', /'tracerName'|"tracerName"/],
    [true, /true/],
    [false, /false/],
    [Symbol('sign'), /Symbol\(sign\)/],
    [[], /array|\[\]/],
    [[{}], /array|\[/],
    [NOOP, /function/i],
  ])('%p in place of the options', (options, shown) => {
    const error = thrownBy(() => make(options));
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toHaveProperty('message', expect.stringMatching(shown));
  });
});

describe('trustIncoming', () => {
  const makers = new Map(MAKERS);

  it.each(HOSTILE.filter(([value]) => typeof value !== 'boolean'))(
    'of the server: %p is refused',
    (trustIncoming, shown) => {
      const error = thrownBy(() => makers.get('tracingServerInterceptor')?.({ trustIncoming }));
      expect(error).toBeInstanceOf(TypeError);
      expect(error).toHaveProperty('message', expect.stringContaining("'trustIncoming'"));
      expect(error).toHaveProperty('message', expect.stringMatching(shown));
    },
  );

  it.each(['tracingClientInterceptor', 'withTracing'])('is unknown to %s', (maker) => {
    expect(() => makers.get(maker)?.({ trustIncoming: true })).toThrow(
      "client tracing options: unknown option 'trustIncoming' (true), which the other side has",
    );
  });
});

describe.each(MAKERS)('%s accepts', (_maker, make) => {
  class Provider implements TracerProvider {
    getTracer(): Tracer {
      return trace.getTracer('nobody');
    }
  }
  class Propagator implements TextMapPropagator {
    inject = NOOP;
    extract: TextMapPropagator['extract'] = (context) => context;
    fields(): string[] {
      return [];
    }
  }

  it.each<[string, unknown]>([
    ['no options', undefined],
    ['empty options', {}],
    ['options without a prototype', Object.create(null)],
    ['options that are not set', { tracerProvider: undefined, propagator: undefined, tracerName: undefined }],
    ['frozen options', Object.freeze({ tracerName: 'mine' })],
    ['methods on prototypes', { tracerProvider: new Provider(), propagator: new Propagator() }],
    ['methods on prototypes of prototypes', { tracerProvider: new (class extends Provider {})() }],
    ['functions that have the methods', { tracerProvider: Object.assign(() => undefined, PROVIDER) }],
    ['a name of any characters', { tracerName: ' é\n' }],
  ])('%s', (_case, options) => {
    expect(thrownBy(() => make(options))).toBe('nothing');
  });
});
