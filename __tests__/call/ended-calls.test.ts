import { InterceptingCall, ServerInterceptingCall, type Interceptor, type ServerInterceptor } from '@grpc/grpc-js';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { useContextManager } from '../helpers/async-context.js';
import { useEcho } from '../helpers/echo.js';
import { WeakSpans } from '../helpers/weak-spans.js';

useContextManager();
const echo = useEcho();

// As an application does, and grpc-js with a stream that never closes.
describe.each(SHAPES)('whoever keeps a %s call after its end', (shape) => {
  it('does not keep its span: on the server', async () => {
    const spans = new WeakSpans();
    const kept: unknown[] = [];
    const keeping: ServerInterceptor = (_method, call) => {
      kept.push(call);
      return new ServerInterceptingCall(call);
    };
    const rig = await echo.start({
      serverTracing: { tracerProvider: spans.provider, messageEvents: true },
      serverChain: (tracing) => [tracing, keeping],
    });
    await invoke(rig.client, shape).result;
    expect(spans.startedCount).toBe(1);
    expect(await spans.held()).toBe(0);
    expect(kept).toHaveLength(1);
  });

  it('does not keep its span: on the client', async () => {
    const spans = new WeakSpans();
    const kept: unknown[] = [];
    const keeping: Interceptor = (options, nextCall) => {
      const call = nextCall(options);
      kept.push(call);
      return new InterceptingCall(call);
    };
    const rig = await echo.start({
      clientTracing: { tracerProvider: spans.provider, messageEvents: true },
      clientChain: (tracing) => [keeping, tracing],
    });
    await invoke(rig.client, shape).result;
    expect(spans.startedCount).toBe(1);
    expect(await spans.held()).toBe(0);
    expect(kept).toHaveLength(1);
  });
});
