import { ServerInterceptingCall, status, type ServerInterceptor } from '@grpc/grpc-js';
import { context, createContextKey, ROOT_CONTEXT, trace, type Context, type ContextManager } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AsyncLocalStorage } from 'node:async_hooks';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { useEcho, type EchoMethods } from '../helpers/echo.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { plainSpan } from '../helpers/plain-span.js';

/** What an agent of another make has for a context: more than the API knows, found on whatever its manager is handed. */
class AgentContext implements Context {
  private readonly values: ReadonlyMap<symbol, unknown>;

  constructor(values: Iterable<readonly [symbol, unknown]> = []) {
    this.values = new Map(values);
  }

  getValue(key: symbol): unknown {
    return this.values.get(key);
  }

  setValue(key: symbol, value: unknown): AgentContext {
    return new AgentContext([...this.values, [key, value]]);
  }

  deleteValue(key: symbol): AgentContext {
    return new AgentContext([...this.values].filter(([other]) => other !== key));
  }
}

/** The class of the API's own contexts. */
const ApiContext = ROOT_CONTEXT.constructor;

abstract class OtherManager implements ContextManager {
  protected readonly storage = new AsyncLocalStorage<Context>();

  abstract active(): Context;

  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    entered: Context,
    fn: F,
    thisArg?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    return this.storage.run(this.taken(entered), () => fn.call(thisArg, ...args));
  }

  bind<T>(_entered: Context, target: T): T {
    return target;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    return this;
  }

  protected taken(entered: Context): Context {
    return entered;
  }
}

/** Keeps the object that it is handed and, as New Relic's does, takes it for one of its own or of the API's. */
class KeepingManager extends OtherManager {
  active(): Context {
    return this.storage.getStore() ?? new AgentContext();
  }

  protected override taken(entered: Context): Context {
    if (entered instanceof AgentContext || entered.constructor === ApiContext) return entered;
    throw new TypeError(`enterSegment is not a function of ${entered.constructor.name}`);
  }
}

/** Makes its contexts anew whenever it is asked, as Datadog's does, so that no two are the same object. */
class ForgetfulManager extends OtherManager {
  active(): Context {
    const stored = this.storage.getStore() ?? ROOT_CONTEXT;
    const span = trace.getSpan(stored);
    return span === undefined ? stored.setValue(Symbol('anew'), true) : trace.setSpan(stored, span);
  }
}

/** Knows nothing of time: what was entered is active until `with` returns, and never in a callback. */
class SynchronousManager extends OtherManager {
  private readonly stack: Context[] = [];

  active(): Context {
    return this.stack.at(-1) ?? ROOT_CONTEXT;
  }

  override with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    entered: Context,
    fn: F,
    thisArg?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    this.stack.push(entered);
    try {
      return fn.call(thisArg, ...args);
    } finally {
      this.stack.pop();
    }
  }
}

const MANAGERS: readonly (readonly [what: string, make: () => ContextManager])[] = [
  ['OpenTelemetry’s own', () => new AsyncLocalStorageContextManager()],
  ['one that keeps the object it is handed and has contexts of its own', () => new KeepingManager()],
  ['one that makes contexts anew whenever it is asked', () => new ForgetfulManager()],
  ['one that knows no callbacks', () => new SynchronousManager()],
];

const OK = { code: status.OK, details: '' };
const echo = useEcho();

describe.each(MANAGERS)('with a context manager of any make: %s', (_what, make) => {
  beforeEach(() => {
    context.setGlobalContextManager(make().enable());
  });

  afterEach(() => {
    context.disable();
  });

  it.each(SHAPES)('%s: the call is as without, and its spans are linked', async (shape) => {
    const rig = await echo.start();
    expect((await invoke(rig.client, shape).result).code).toBe(status.OK);
    const [server] = await rig.serverTelemetry.spans(1);
    const [client] = await rig.clientTelemetry.spans(1);
    expect([server, client].map((span) => span && plainSpan(span))).toEqual([
      expectedSpan('server', shape, OK, rig.port),
      expectedSpan('client', shape, OK, rig.port),
    ]);
    expect(server?.parentSpanContext?.spanId).toBe(client?.spanContext().spanId);
  });

  it('the handler runs in its span', async () => {
    const Unary: EchoMethods['Unary'] = (_call, callback) =>
      callback(null, { text: trace.getActiveSpan()?.spanContext().spanId ?? 'none' });
    const rig = await echo.start({ handlers: { Unary } });
    const { messages } = await invoke(rig.client, 'Unary').result;
    const [server] = await rig.serverTelemetry.spans(1);
    expect(messages).toEqual([server?.spanContext().spanId]);
  });

  it('what an interceptor behind tracing has entered reaches the handler', async () => {
    const TENANT = createContextKey('tenant');
    const entering: ServerInterceptor = (_method, call) =>
      new ServerInterceptingCall(call, {
        start: (next) =>
          next({
            onReceiveMetadata: (metadata, pass) =>
              context.with(context.active().setValue(TENANT, 'entered'), pass, undefined, metadata),
          }),
      });
    const Unary: EchoMethods['Unary'] = (_call, callback) =>
      callback(null, { text: String(context.active().getValue(TENANT)) });
    const rig = await echo.start({ handlers: { Unary }, serverChain: (tracing) => [tracing, entering] });
    expect((await invoke(rig.client, 'Unary').result).messages).toEqual(['entered']);
  });

  it('a server that was started inside a span: its calls are none of that span’s', async () => {
    const outer = trace.wrapSpanContext({ traceId: '7'.repeat(32), spanId: '7'.repeat(16), traceFlags: 1 });
    const rig = await context.with(trace.setSpan(ROOT_CONTEXT, outer), () => echo.start());
    const untraced = rig.newClient(rig.address, { interceptors: [] });
    expect((await invoke(untraced, 'Unary').result).code).toBe(status.OK);
    const [server] = await rig.serverTelemetry.spans(1);
    expect(server?.parentSpanContext).toBeUndefined();
  });

  it('a caller’s span is the parent, and a call back is in its context', async () => {
    const rig = await echo.start();
    const caller = trace.wrapSpanContext({ traceId: '5'.repeat(32), spanId: '5'.repeat(16), traceFlags: 1 });
    const called = context.with(
      trace.setSpan(ROOT_CONTEXT, caller),
      () =>
        new Promise<string | undefined>((resolve) => {
          rig.client.Unary({ text: 'a' }, () => resolve(trace.getActiveSpan()?.spanContext().spanId));
        }),
    );
    expect(await called).toBe(caller.spanContext().spanId);
    const [client] = await rig.clientTelemetry.spans(1);
    expect(client?.parentSpanContext?.spanId).toBe(caller.spanContext().spanId);
  });
});
