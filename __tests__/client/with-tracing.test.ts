import {
  InterceptingCall,
  InterceptorConfigurationError,
  Metadata,
  status,
  type CallOptions,
  type Interceptor,
} from '@grpc/grpc-js';
import type { TracerProvider } from '@opentelemetry/api';
import { assertChildOf } from 'grpc-js-opentelemetry/testing';
import { withTracing, type ClientTracingOptions } from '../../lib/index.js';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { useDeadlines } from '../helpers/deadlines.js';
import { useEcho } from '../helpers/echo.js';
import { behave } from '../helpers/echo-handlers.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { plainSpan } from '../helpers/plain-span.js';
import { Telemetry } from '../helpers/telemetry.js';

const echo = useEcho();
const deadlines = useDeadlines();

/** Notes its name, and whether tracing stands before it: then the metadata has its context. */
function noting(name: string, seen: string[]): Interceptor {
  return (options, nextCall) =>
    new InterceptingCall(nextCall(options), {
      start(metadata, listener, next) {
        seen.push(`${name} ${metadata.get('traceparent').length === 1 ? 'behind tracing' : 'alone'}`);
        next(metadata, listener);
      },
    });
}

/** A telemetry and the options that lead to it; how often a tracer was asked for. */
function countedTelemetry(): { telemetry: Telemetry; options: ClientTracingOptions; asked: () => number } {
  const telemetry = new Telemetry();
  let count = 0;
  const tracerProvider: TracerProvider = {
    getTracer(...args) {
      count++;
      return telemetry.provider.getTracer(...args);
    },
  };
  return { telemetry, options: { tracerProvider }, asked: () => count };
}

describe.each(SHAPES)('a %s call with interceptors of its own', (shape) => {
  it('has exactly one span with withTracing, on a client that traces as well', async () => {
    const seen: string[] = [];
    const rig = await echo.start();
    const options: ClientTracingOptions = { tracerProvider: rig.clientTelemetry.provider };
    const callOptions = withTracing({ interceptors: [noting('A', seen)] }, options);
    await invoke(rig.client, shape, { callOptions }).result;
    const spans = await rig.clientTelemetry.spans(1);
    expect(spans.map(plainSpan)).toEqual([expectedSpan('client', shape, { code: status.OK, details: 'OK' }, rig.port)]);
    assertChildOf(rig.serverTelemetry.ended[0], spans[0]);
    expect(seen).toEqual(['A behind tracing']);
  });

  it('has none without withTracing: grpc-js drops the list of its client', async () => {
    const seen: string[] = [];
    const rig = await echo.start();
    await invoke(rig.client, shape, { callOptions: { interceptors: [noting('A', seen)] } }).result;
    expect(seen).toEqual(['A alone']);
    expect(rig.clientTelemetry.startedCount).toBe(0);
  });
});

describe.each(SHAPES)('a %s call without interceptors of its own', (shape) => {
  const seen: string[] = [];

  it.each<[what: string, callOptions: (tracing: ClientTracingOptions) => CallOptions, ran: string[]]>([
    ['not wrapped: those of its client run', () => ({}), ['client’s behind tracing']],
    ['wrapped: they do not, as grpc-js has it', (tracing) => withTracing({}, tracing), []],
    ['wrapped as it is meant: neither', (tracing) => withTracing({ interceptors: [] }, tracing), []],
    [
      'wrapped with those of its client: they do',
      (tracing) => withTracing({ interceptors: [noting('own', seen)] }, tracing),
      ['own behind tracing'],
    ],
  ])('%s, and it has one span', async (_what, callOptions, ran) => {
    seen.splice(0);
    const rig = await echo.start({ clientChain: (tracing) => [tracing, noting('client’s', seen)] });
    await invoke(rig.client, shape, { callOptions: callOptions({ tracerProvider: rig.clientTelemetry.provider }) })
      .result;
    expect((await rig.clientTelemetry.spans(1)).map(plainSpan)).toEqual([
      expectedSpan('client', shape, { code: status.OK, details: 'OK' }, rig.port),
    ]);
    expect(seen).toEqual(ran);
  });
});

describe('the order', () => {
  it.each<[string, (seen: string[]) => CallOptions]>([
    ['interceptors', (seen) => ({ interceptors: [noting('A', seen), noting('B', seen)] })],
    ['providers', (seen) => ({ interceptor_providers: [() => noting('A', seen), () => noting('B', seen)] })],
    [
      'providers beside an empty list of interceptors',
      (seen) => ({ interceptors: [], interceptor_providers: [() => noting('A', seen), () => noting('B', seen)] }),
    ],
    [
      'interceptors beside an empty list of providers',
      (seen) => ({ interceptors: [noting('A', seen), noting('B', seen)], interceptor_providers: [] }),
    ],
  ])('tracing, then the call’s own %s as they were', async (_kind, callOptions) => {
    const seen: string[] = [];
    const rig = await echo.start();
    const options: ClientTracingOptions = { tracerProvider: rig.clientTelemetry.provider };
    await invoke(rig.client, 'Unary', { callOptions: withTracing(callOptions(seen), options) }).result;
    expect(seen).toEqual(['A behind tracing', 'B behind tracing']);
    expect((await rig.clientTelemetry.spans(1)).length).toBe(1);
  });

  it.each<[string, CallOptions | undefined]>([
    ['no call options', undefined],
    ['call options without interceptors', {}],
    ['an empty list', { interceptors: [] }],
    ['no list', { interceptor_providers: [] }],
  ])('%s: tracing alone', async (_case, callOptions) => {
    const rig = await echo.start({ clientChain: () => [] });
    const options: ClientTracingOptions = { tracerProvider: rig.clientTelemetry.provider };
    await invoke(rig.client, 'Unary', { callOptions: withTracing(callOptions, options) }).result;
    expect((await rig.clientTelemetry.spans(1)).length).toBe(1);
  });

  it('both kinds at once: grpc-js refuses the call, as it does without tracing', async () => {
    const rig = await echo.start();
    const both: CallOptions = { interceptors: [noting('A', [])], interceptor_providers: [() => noting('B', [])] };
    expect(() => invoke(rig.client, 'Unary', { callOptions: both })).toThrow(InterceptorConfigurationError);
    expect(() => invoke(rig.client, 'Unary', { callOptions: withTracing(both) })).toThrow(
      InterceptorConfigurationError,
    );
  });
});

describe('what is handed in', () => {
  it.each<[string, CallOptions]>([
    ['with interceptors', { deadline: 5, interceptors: [noting('A', [])] }],
    ['with providers', { host: 'h', interceptor_providers: [() => noting('A', [])] }],
    ['without either', { propagate_flags: 3 }],
  ])('is not changed: call options %s', (_case, callOptions) => {
    const before = { ...callOptions };
    // Frozen, its lists too: whoever writes to them throws.
    for (const list of [callOptions.interceptors, callOptions.interceptor_providers]) Object.freeze(list);
    expect(withTracing(Object.freeze(callOptions))).not.toBe(callOptions);
    expect(callOptions).toEqual(before);
  });

  it.each(['tracerProvider', 'filter', 'trustIncoming'])(
    'is refused with %s among the options of the call',
    (option) => {
      expect(() => withTracing({ deadline: 5, [option]: undefined })).toThrow(
        new TypeError(`withTracing: '${option}' belongs in its second argument, the tracing options`),
      );
    },
  );

  it('keeps its other options: the deadline passes', async () => {
    const rig = await echo.start();
    const options: ClientTracingOptions = { tracerProvider: rig.clientTelemetry.provider };
    const callOptions = withTracing({ deadline: deadlines.next() }, options);
    const { result } = invoke(rig.client, 'Unary', { metadata: behave('hang'), callOptions });
    deadlines.pass();
    const { code } = await result;
    expect(code).toBe(status.DEADLINE_EXCEEDED);
  });

  it('keeps the metadata of the call', async () => {
    const rig = await echo.start();
    const metadata = new Metadata();
    const options: ClientTracingOptions = { tracerProvider: rig.clientTelemetry.provider };
    await invoke(rig.client, 'Unary', { metadata, callOptions: withTracing({}, options) }).result;
    expect(metadata.toJSON()).toEqual({});
  });
});

describe('the interceptor', () => {
  it('is made once for one options object, whatever call it is for', async () => {
    const { telemetry, options, asked } = countedTelemetry();
    const rig = await echo.start({ clientTelemetry: telemetry });
    for (const shape of SHAPES) {
      await invoke(rig.client, shape, { callOptions: withTracing({ deadline: Infinity }, options) }).result;
    }
    expect((await telemetry.spans(SHAPES.length)).length).toBe(SHAPES.length);
    expect(asked()).toBe(1);
    expect(withTracing({}, options).interceptors).toEqual(withTracing({}, options).interceptors);
  });

  it('is made for each options object of its own', () => {
    const { options } = countedTelemetry();
    const [one] = withTracing({}, options).interceptors ?? [];
    const [other] = withTracing({}, { ...options }).interceptors ?? [];
    expect(one).toBeDefined();
    expect(one).not.toBe(other);
  });

  it('is one for all calls without options', () => {
    const [one] = withTracing().interceptors ?? [];
    const [other] = withTracing({ deadline: 1 }).interceptors ?? [];
    expect(one).toBeDefined();
    expect(one).toBe(other);
  });
});
