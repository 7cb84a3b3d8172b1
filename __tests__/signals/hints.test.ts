import type * as Grpc from '@grpc/grpc-js';
import { InterceptingCall, type CallOptions, type ClientOptions, type Interceptor } from '@grpc/grpc-js';
import { context, diag, SpanKind, trace, type DiagLogger } from '@opentelemetry/api';
import { GrpcInstrumentation } from '@opentelemetry/instrumentation-grpc';
import * as older from 'otel-api-older';
import type * as tracing from '../../lib/index.js';
import type { EchoClient } from '../../protos/types/test/Echo';
import { Echo } from '../../tools/echo.js';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { useApiRegistry } from '../helpers/api-registry.js';
import { useContextManager } from '../helpers/async-context.js';
import { useEcho } from '../helpers/echo.js';
import { behave } from '../helpers/echo-handlers.js';
import { LogRecords } from '../helpers/log-records.js';
import { Measurements } from '../helpers/measurements.js';
import { DiagLog, Telemetry } from '../helpers/telemetry.js';

useContextManager();
const echo = useEcho();
const registry = useApiRegistry();

/** A module as a process of its own loads it. */
function fresh<Module extends object>(load: () => Module): Module {
  let loaded: Module | undefined;
  jest.isolateModules(() => {
    loaded = load();
  });
  if (loaded === undefined) throw new Error('nothing was loaded');
  return loaded;
}

/** The package when it has told nothing yet. */
function freshPackage(): typeof tracing {
  return fresh(() => jest.requireActual<typeof tracing>('../../lib/index.js'));
}

let log = new DiagLog();
beforeEach(() => {
  log = DiagLog.install();
});
afterEach(() => {
  trace.disable();
});

describe.each(SHAPES)('tracing twice in one chain of a %s call', (shape) => {
  it('is told once for each side, however many calls there are', async () => {
    const { tracingClientInterceptor, tracingServerInterceptor } = freshPackage();
    const { provider: tracerProvider } = new Telemetry();
    const rig = await echo.start({
      clientChain: () => [tracingClientInterceptor({ tracerProvider }), tracingClientInterceptor({ tracerProvider })],
      serverChain: () => [tracingServerInterceptor({ tracerProvider }), tracingServerInterceptor({ tracerProvider })],
    });
    for (let n = 0; n < 2; n++) await invoke(rig.client, shape).result;
    expect(log.hints).toEqual([
      'tracing is twice in one chain of client interceptors: leave one out.',
      'tracing is twice in one chain of server interceptors: leave one out.',
    ]);
  });
});

describe('a call before there is anybody to tell of it', () => {
  const NO_PROVIDER =
    'a call leaves no span: no tracer provider is registered or passed. Start the SDK, or register() its provider, before ' +
    'the first call.';

  it('is told once, whichever side has it', async () => {
    const { tracingClientInterceptor, tracingServerInterceptor } = freshPackage();
    const rig = await echo.start({
      clientChain: () => [tracingClientInterceptor()],
      serverChain: () => [tracingServerInterceptor()],
    });
    expect(log.hints).toEqual([]);
    for (let n = 0; n < 2; n++) await invoke(rig.client, 'Unary').result;
    expect(log.hints).toEqual([NO_PROVIDER]);
  });

  it('is told of a server alone', async () => {
    const rig = await echo.start({
      clientChain: () => [],
      serverChain: () => [freshPackage().tracingServerInterceptor()],
    });
    await invoke(rig.client, 'Unary').result;
    expect(log.hints).toEqual([NO_PROVIDER]);
  });

  it.each<[string, () => tracing.TracingOptions]>([
    ['a tracer provider', () => ({ tracerProvider: new Telemetry().provider })],
    ['a meter provider', () => ({ meterProvider: new Measurements().provider })],
    ['a logger for failures', () => ({ errorEvents: 'logs', loggerProvider: new LogRecords().provider })],
  ])('is not told of who has %s', async (_what, options) => {
    const { tracingClientInterceptor, tracingServerInterceptor } = freshPackage();
    const rig = await echo.start({
      clientChain: () => [tracingClientInterceptor(options())],
      serverChain: () => [tracingServerInterceptor(options())],
    });
    await invoke(rig.client, 'Unary').result;
    expect(log.hints).toEqual([]);
  });

  it('is not told where a provider is registered, also after the interceptors were made', async () => {
    const { tracingClientInterceptor, tracingServerInterceptor } = freshPackage();
    const rig = await echo.start({
      clientChain: () => [tracingClientInterceptor()],
      serverChain: () => [tracingServerInterceptor()],
    });
    trace.setGlobalTracerProvider(new Telemetry().provider);
    await invoke(rig.client, 'Unary').result;
    expect(log.hints).toEqual([]);
  });

  it('a logger that throws is nobody to tell, and the call goes on', async () => {
    const throwing = (): never => {
      throw new Error('the logger is broken');
    };
    const logger: DiagLogger = {
      error: throwing,
      warn: throwing,
      info: () => undefined,
      debug: () => undefined,
      verbose: () => undefined,
    };
    const rig = await echo.start({
      clientChain: () => [freshPackage().tracingClientInterceptor()],
      serverChain: () => [],
    });
    diag.setLogger(logger, { suppressOverrideMessage: true });
    expect((await invoke(rig.client, 'Unary').result).code).toBe(0);
  });
});

/** Where copies of the API meet. */
const REGISTRY = Symbol.for('opentelemetry.js.api.1');

describe('an SDK on an older copy of the API', () => {
  let registry: unknown;
  beforeEach(() => {
    registry = Reflect.get(globalThis, REGISTRY);
    // As in a process in which the older copy came first.
    Reflect.deleteProperty(globalThis, REGISTRY);
  });
  afterEach(() => {
    Reflect.set(globalThis, REGISTRY, registry);
  });

  const TOLD =
    'calls leave no span: the SDK is registered with version 1.8.0 of @opentelemetry/api, which the newer copy here ' +
    'cannot see. "npm ls @opentelemetry/api" shows both: leave one.';

  it('is told once, to the logger of that copy, since the other cannot be seen', async () => {
    const olderLog = new DiagLog();
    older.diag.setLogger(olderLog);
    older.trace.setGlobalTracerProvider(new Telemetry().provider);
    const { tracingClientInterceptor, tracingServerInterceptor } = freshPackage();
    const rig = await echo.start({
      clientChain: () => [tracingClientInterceptor()],
      serverChain: () => [tracingServerInterceptor()],
    });
    for (let n = 0; n < 2; n++) await invoke(rig.client, 'Unary').result;
    expect(olderLog.hints).toEqual([TOLD]);
    expect(log.hints).toEqual([]);
  });

  it('is told to nobody where that copy has no logger, and the call goes on', async () => {
    older.trace.setGlobalTracerProvider(new Telemetry().provider);
    const rig = await echo.start({
      clientChain: () => [freshPackage().tracingClientInterceptor()],
      serverChain: () => [],
    });
    expect((await invoke(rig.client, 'Unary').result).code).toBe(0);
    expect(log.hints).toEqual([]);
  });
});

describe('what is no copy of the API, where copies of it meet', () => {
  let registry: unknown;
  beforeEach(() => {
    registry = Reflect.get(globalThis, REGISTRY);
  });
  afterEach(() => {
    Reflect.set(globalThis, REGISTRY, registry);
  });

  it.each([undefined, null, 'text', 1, {}])('is not taken for one, and the call goes on: %p', async (other) => {
    const rig = await echo.start({
      clientChain: () => [freshPackage().tracingClientInterceptor()],
      serverChain: () => [],
    });
    Reflect.set(globalThis, REGISTRY, other);
    expect((await invoke(rig.client, 'Unary').result).code).toBe(0);
    Reflect.set(globalThis, REGISTRY, registry);
    expect(log.lines).toEqual([]);
  });
});

describe('failures that are to be logged, where there is no logger provider', () => {
  const NO_LOGGER =
    "errorEvents asks for log records, and there is no logger provider: pass 'loggerProvider', or register one with " +
    '@opentelemetry/api 1.10.';

  /** A rig whose sides have these options and a tracer provider. */
  const start = (options: tracing.TracingOptions): ReturnType<typeof echo.start> => {
    const { tracingClientInterceptor, tracingServerInterceptor } = freshPackage();
    const { provider: tracerProvider } = new Telemetry();
    return echo.start({
      clientChain: () => [tracingClientInterceptor({ tracerProvider, ...options })],
      serverChain: () => [tracingServerInterceptor({ tracerProvider, ...options })],
    });
  };

  it.each(['logs', 'dup'] as const)('are told once, whichever side has them: %s', async (errorEvents) => {
    const rig = await start({ errorEvents });
    expect(log.hints).toEqual([]);
    for (let n = 0; n < 2; n++) await invoke(rig.client, 'Unary', { metadata: behave('code 13') }).result;
    expect(log.hints).toEqual([NO_LOGGER]);
  });

  it('are told beside what is told of who has no tracer provider either', async () => {
    const rig = await start({ errorEvents: 'logs', tracerProvider: undefined });
    await invoke(rig.client, 'Unary').result;
    expect(log.hints).toEqual([NO_LOGGER, expect.stringContaining('a call leaves no span')]);
  });

  it.each<[what: string, options: tracing.TracingOptions]>([
    ['whose option says span', { errorEvents: 'span' }],
    ['whose option says none', { errorEvents: 'none' }],
    ['who says nothing', {}],
    ['who has a provider', { errorEvents: 'logs', loggerProvider: new LogRecords().provider }],
  ])('are not told of who does not miss it: %s', async (_what, options) => {
    const rig = await start(options);
    await invoke(rig.client, 'Unary', { metadata: behave('code 13') }).result;
    expect(log.hints).toEqual([]);
  });

  it('are not told where one is registered, also after the interceptors were made', async () => {
    const rig = await start({ errorEvents: 'logs' });
    registry.register('logs', new LogRecords().provider);
    await invoke(rig.client, 'Unary', { metadata: behave('code 13') }).result;
    expect(log.hints).toEqual([]);
  });
});

describe('withTracing on a call that brings no list of interceptors', () => {
  const REPLACING =
    'withTracing on a call without interceptors of its own: its list replaces that of the client, whose interceptors do not ' +
    'run for this call. Pass tracingClientInterceptor() to the client instead; interceptors: [] says that it is meant.';

  it.each<[what: string, callOptions: CallOptions | undefined]>([
    ['no options', undefined],
    ['none in its options', {}],
    ['a deadline', { deadline: Infinity }],
    // As plain JavaScript has it, and whoever is not strict.
    ['lists that are not there', { interceptors: undefined, interceptor_providers: undefined } as object],
  ])('is told once in a process: %s', (_what, callOptions) => {
    const { withTracing } = freshPackage();
    for (let n = 0; n < 3; n++) withTracing(callOptions);
    withTracing({ deadline: 1 }, {});
    expect(log.hints).toEqual([REPLACING]);
  });

  it.each<[what: string, callOptions: CallOptions]>([
    ['an empty list', { interceptors: [] }],
    ['an empty list of providers', { interceptor_providers: [] }],
    ['two empty lists', { interceptors: [], interceptor_providers: [] }],
    ['an interceptor', { interceptors: [(options, nextCall) => new InterceptingCall(nextCall(options))] }],
    ['a provider', { interceptor_providers: [() => (options, nextCall) => new InterceptingCall(nextCall(options))] }],
  ])('is not told of who says that it is meant: %s', (_what, callOptions) => {
    const { withTracing } = freshPackage();
    withTracing(callOptions);
    expect(log.hints).toEqual([]);
    // Nor has that kept it from whoever comes later.
    withTracing();
    expect(log.hints).toEqual([REPLACING]);
  });

  it('is not told of one that is put on twice, after the first', () => {
    const { withTracing } = freshPackage();
    withTracing(withTracing({ interceptors: [] }));
    expect(log.hints).toEqual([]);
  });

  it('is not told of options that are refused', () => {
    const { withTracing } = freshPackage();
    const callOptions: object = { filter: undefined };
    expect(() => withTracing(callOptions)).toThrow(TypeError);
    expect(log.hints).toEqual([]);
  });
});

describe('tracingCallInvocationTransformer', () => {
  const REPLACING =
    'tracingCallInvocationTransformer on a client with interceptors of its own: they do not run, for the list of a call ' +
    'replaces them. Pass tracingClientInterceptor() among them instead.';

  const passing: Interceptor = (options, nextCall) => new InterceptingCall(nextCall(options));

  it.each<[what: string, clientOptions: ClientOptions, callOptions: CallOptions, hints: readonly string[]]>([
    ['interceptors', { interceptors: [passing] }, {}, [REPLACING]],
    ['providers of interceptors', { interceptor_providers: [() => passing] }, {}, [REPLACING]],
    ['none', {}, {}, []],
    ['interceptors, as the call has, which replace them', { interceptors: [passing] }, { interceptors: [] }, []],
  ])('on a client with %s: what is told', async (_what, clientOptions, callOptions, hints) => {
    const { tracingCallInvocationTransformer } = freshPackage();
    const telemetry = new Telemetry();
    const callInvocationTransformer = tracingCallInvocationTransformer({ tracerProvider: telemetry.provider });
    const rig = await echo.start({
      clientChain: () => [],
      clientOptions: { ...clientOptions, callInvocationTransformer },
    });
    for (let n = 0; n < 2; n++) await invoke(rig.client, 'Unary', { callOptions }).result;
    expect((await telemetry.spans(2)).length).toBe(2);
    expect(log.hints).toEqual(hints);
  });
});

describe('a CLIENT span that is active already where a call starts', () => {
  const DOUBLED =
    'a CLIENT span of test.Echo/Unary is active where its call starts, so each call has two. Switch off what else traces ' +
    'gRPC, such as @opentelemetry/instrumentation-grpc.';

  it('is told once, when it is the auto instrumentation’s', async () => {
    const { provider: tracerProvider } = new Telemetry();
    const patched = fresh(() => jest.requireActual<typeof Grpc>('@grpc/grpc-js'));
    const instrumentation = new GrpcInstrumentation({ enabled: false });
    instrumentation.setTracerProvider(tracerProvider);
    for (const definition of instrumentation.getModuleDefinitions()) definition.patch?.(patched);
    const rig = await echo.start();
    const Client = patched.makeClientConstructor(Echo.service, 'Echo');
    const client = new Client(rig.address, patched.credentials.createInsecure(), {
      interceptors: [freshPackage().tracingClientInterceptor({ tracerProvider })],
    });
    // makeClientConstructor knows no message types; the generated type describes this very service.
    const typed = client as unknown as EchoClient;
    for (let n = 0; n < 2; n++) {
      await new Promise((resolve) => {
        typed.Unary({ text: 'hello' }, resolve);
      });
    }
    client.close();
    expect(log.hints).toEqual([DOUBLED]);
  });

  it.each(['span', { kind: SpanKind.CLIENT }])('is not told of what is no span: %p', async (none) => {
    const { provider: tracerProvider } = new Telemetry();
    const rig = await echo.start({
      clientChain: () => [freshPackage().tracingClientInterceptor({ tracerProvider })],
    });
    // What plain JavaScript may set. The SDK may fail on it, and then there is no span.
    const active = trace.setSpan(context.active(), none as never);
    await context.with(active, () => invoke(rig.client, 'Unary').result);
    expect(log.hints).toEqual([]);
  });

  it.each([
    ['of another method', SpanKind.CLIENT, 'test.Echo/Bidi'],
    ['of another kind, as in a relay', SpanKind.SERVER, 'test.Echo/Unary'],
  ])('is not told when it is one %s', async (_which, kind, name) => {
    const { provider: tracerProvider } = new Telemetry();
    const rig = await echo.start({
      clientChain: () => [freshPackage().tracingClientInterceptor({ tracerProvider })],
    });
    const span = tracerProvider.getTracer('test').startSpan(name, { kind });
    await context.with(trace.setSpan(context.active(), span), () => invoke(rig.client, 'Unary').result);
    span.end();
    expect(log.hints).toEqual([]);
  });
});
