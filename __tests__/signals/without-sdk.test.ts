import {
  InterceptingCall,
  ServerInterceptingCall,
  type Interceptor,
  type Metadata,
  type ServerInterceptor,
} from '@grpc/grpc-js';
import { context, propagation, ROOT_CONTEXT, type TextMapPropagator } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  ServiceNamePropagator,
  tracingClientInterceptor,
  tracingServerInterceptor,
  type ClientTracingOptions,
} from '../../lib/index.js';
import { invoke, SHAPES, type Shape } from '../../tools/invoke.js';
import { party } from '../helpers/async-context.js';
import { useEcho } from '../helpers/echo.js';

const echo = useEcho();

afterEach(() => {
  context.disable();
  propagation.disable();
});

const CALLER = party(1, propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage({ tenant: { value: 'one' } })));
const HEADERS = ['baggage', 'traceparent', 'x-always', 'x-md-service-name'];

/** A call where nobody traces, by somebody who has a span: which headers came, and who was asked to pass them on. */
async function headersOf(shape: Shape, options?: ClientTracingOptions): Promise<{ came: string[]; copied: boolean }> {
  const handed: Metadata[] = [];
  const spy: Interceptor = (callOptions, nextCall) =>
    new InterceptingCall(nextCall(callOptions), {
      start(metadata, listener, next) {
        handed.push(metadata);
        next(metadata, listener);
      },
    });
  let came: string[] = [];
  const serverSpy: ServerInterceptor = (_method, call) =>
    new ServerInterceptingCall(call, {
      start(next) {
        next({
          onReceiveMetadata(metadata, pass) {
            came = HEADERS.filter((key) => metadata.get(key).length > 0);
            pass(metadata);
          },
        });
      },
    });
  const rig = await echo.start({
    clientChain: () => [spy, tracingClientInterceptor(options), spy],
    serverChain: () => [serverSpy, tracingServerInterceptor()],
  });
  expect((await CALLER.run(() => invoke(rig.client, shape).result)).code).toBe(0);
  expect(handed).toHaveLength(2);
  return { came, copied: handed[0] !== handed[1] };
}

const always: TextMapPropagator = {
  inject: (_context, carrier, setter) => setter.set(carrier, 'x-always', 'yes'),
  extract: (into) => into,
  fields: () => ['x-always'],
};

describe.each(SHAPES)('where nobody traces a %s call', (shape) => {
  it('nothing is done without a context manager: there is no context to pass on', async () => {
    expect(await headersOf(shape)).toEqual({ came: [], copied: false });
  });

  it('the context is passed on where there is one', async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    expect(await headersOf(shape)).toEqual({ came: ['baggage', 'traceparent'], copied: true });
  });

  it('a propagator that was passed in is asked all the same', async () => {
    const propagator = new ServiceNamePropagator({ serviceName: 'frontend' });
    expect(await headersOf(shape, { propagator })).toEqual({ came: ['x-md-service-name'], copied: true });
  });

  it('and so is one that was registered', async () => {
    propagation.setGlobalPropagator(always);
    expect(await headersOf(shape)).toEqual({ came: ['x-always'], copied: true });
  });
});
