import type { Metadata } from '@grpc/grpc-js';
import { InterceptingCall, ServerInterceptingCall, status, type Interceptor } from '@grpc/grpc-js';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { suppressTracing } from '@opentelemetry/core';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { useEcho } from '../helpers/echo.js';
import { behave } from '../helpers/echo-handlers.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { plainSpan } from '../helpers/plain-span.js';

const echo = useEcho();

describe.each(SHAPES)('%s calls among interceptors that are odd', (shape) => {
  it('one behind tracing throws when the call starts: the caller gets its error, and the span ends with it', async () => {
    const throwing: Interceptor = (options, nextCall) =>
      new InterceptingCall(nextCall(options), {
        start: () => {
          throw new Error('not today');
        },
      });
    const rig = await echo.start({ clientChain: (tracing) => [tracing, throwing] });
    expect(() => invoke(rig.client, shape)).toThrow('not today');
    expect(rig.clientTelemetry.ended.map(plainSpan)).toEqual([
      expectedSpan('client', shape, { code: status.INTERNAL, details: 'not today' }, rig.port, 'none'),
    ]);
  });

  it('one behind tracing throws what is no Error', async () => {
    const throwing: Interceptor = (options, nextCall) =>
      new InterceptingCall(nextCall(options), {
        start: () => {
          // eslint's rule has no say in what applications throw.
          const thrown: unknown = 'a string';
          throw thrown as Error;
        },
      });
    const rig = await echo.start({ clientChain: (tracing) => [tracing, throwing] });
    expect(() => invoke(rig.client, shape)).toThrow('a string');
    expect(rig.clientTelemetry.ended.map((span) => span.status.message)).toEqual(['a string']);
  });

  it('one behind tracing has no peer to tell: the span has the channel’s target, and does without a peer', async () => {
    class Nowhere extends InterceptingCall {
      override getPeer(): string {
        throw new Error('no peer');
      }
    }
    const rig = await echo.start({
      clientChain: (tracing) => [tracing, (options, nextCall) => new Nowhere(nextCall(options))],
    });
    const { result } = invoke(rig.client, shape);
    expect((await result).code).toBe(status.OK);
    expect(rig.clientTelemetry.ended.map(({ attributes }) => attributes)).toEqual([
      {
        'rpc.system.name': 'grpc',
        'rpc.method': `test.Echo/${shape}`,
        'rpc.status_code': 'OK',
        'server.address': '127.0.0.1',
        'server.port': rig.port,
      },
    ]);
    expect(echo.takeDiagLines()).toEqual(['grpc-js-opentelemetry: the peer could not be read']);
  });

  it('one before tracing on the server tells nothing of the call: the span does without', async () => {
    const silent = (): never => {
      throw new Error('not told');
    };
    class Mute extends ServerInterceptingCall {
      override getHost = silent;
      override getPeer = silent;
      override getConnectionInfo = silent;
      override getDeadline = silent;
    }
    const rig = await echo.start({ serverChain: (tracing) => [(_method, call) => new Mute(call), tracing] });
    const { result } = invoke(rig.client, shape);
    expect((await result).code).toBe(status.OK);
    const [span] = await rig.serverTelemetry.spans(1);
    expect(span?.attributes).toEqual({
      'rpc.system.name': 'grpc',
      'rpc.method': `test.Echo/${shape}`,
      'rpc.status_code': 'OK',
    });
    expect(echo.takeDiagLines()).toEqual([
      'grpc-js-opentelemetry: the name of the server could not be read',
      'grpc-js-opentelemetry: the peer could not be read',
      'grpc-js-opentelemetry: the deadline could not be read',
    ]);
  });

  it('one before tracing starts the call without a listener', async () => {
    let fail = (): void => undefined;
    const failed = new Promise<void>((resolve) => {
      fail = resolve;
    });
    // The caller gets nothing of the first call, and a second one that is its own.
    const deaf: Interceptor = (options, nextCall) => {
      const unheard = nextCall(options);
      unheard.start(behave('code 5'));
      unheard.sendMessage({ text: 'unheard' });
      unheard.halfClose();
      unheard.startRead();
      fail();
      return new InterceptingCall(nextCall(options));
    };
    const rig = await echo.start({ clientChain: (tracing) => [deaf, tracing] });
    const { result } = invoke(rig.client, shape);
    await failed;
    expect((await result).code).toBe(status.OK);
    const spans = await rig.clientTelemetry.spans(2);
    expect(spans.map(({ attributes }) => attributes['rpc.status_code']).toSorted()).toEqual(['NOT_FOUND', 'OK']);
  });

  it('one before tracing, or a grpc-js before 1.14, cannot tell the connection: the peer is asked for', async () => {
    class Older extends ServerInterceptingCall {}
    // What a class of an older release looks like.
    Object.defineProperty(Older.prototype, 'getConnectionInfo', { value: undefined });
    const rig = await echo.start({ serverChain: (tracing) => [(_method, call) => new Older(call), tracing] });
    expect((await invoke(rig.client, shape).result).code).toBe(status.OK);
    const spans = await rig.serverTelemetry.spans(1);
    expect(spans.map(plainSpan)).toEqual([expectedSpan('server', shape, { code: 0, details: 'OK' }, rig.port)]);
  });

  it('a grpc-js before 1.11 cannot tell the authority: the span does without', async () => {
    class Oldest extends ServerInterceptingCall {}
    Object.defineProperty(Oldest.prototype, 'getHost', { value: undefined });
    // grpc-js 1.14 itself needs it for nothing but the handler's own question.
    const rig = await echo.start({ serverChain: (tracing) => [(_method, call) => new Oldest(call), tracing] });
    expect((await invoke(rig.client, shape).result).code).toBe(status.OK);
    const spans = await rig.serverTelemetry.spans(1);
    const [attributes] = spans.map((span) => span.attributes);
    expect(Object.keys(attributes ?? {}).toSorted()).toEqual([
      'network.peer.address',
      'network.peer.port',
      'rpc.method',
      'rpc.status_code',
      'rpc.system.name',
    ]);
  });

  it('one before tracing has suppressed it: no span and no metric, and the handler runs', async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const rig = await echo.start({
      serverChain: (tracing) => [
        (_method, call) =>
          new ServerInterceptingCall(call, {
            start: (next) =>
              next({
                onReceiveMetadata: (metadata, pass) =>
                  context.with(suppressTracing(ROOT_CONTEXT), () => pass(metadata)),
              }),
          }),
        tracing,
      ],
    });
    const { code } = await invoke(rig.client, shape).result;
    context.disable();
    expect(code).toBe(status.OK);
    expect(rig.serverTelemetry.startedCount).toBe(0);
  });
});

it('a handler without types sends null for metadata: the call goes on although metadata is captured', async () => {
  const rig = await echo.start({
    serverTracing: { captureMetadata: { response: ['key'] } },
    handlers: {
      Unary(call, callback) {
        // grpc-js allows it at run time.
        call.sendMetadata(null as unknown as Metadata);
        callback(null, call.request);
      },
    },
  });
  expect((await invoke(rig.client, 'Unary').result).code).toBe(status.OK);
  await rig.serverTelemetry.spans(1);
  expect(echo.takeDiagLines()).toEqual(['grpc-js-opentelemetry: the response metadata could not be captured']);
});

it('a serializer without types returns nothing: grpc-js alone says what becomes of the call', async () => {
  const outcomes: unknown[] = [];
  for (const messageEvents of [false, true]) {
    const rig = await echo.start({ clientTracing: { messageEvents } });
    const call = (): unknown =>
      rig.client.makeUnaryRequest(
        '/test.Echo/Unary',
        // grpc-js finds out at run time.
        () => undefined as unknown as Buffer,
        (bytes) => bytes,
        {},
        { deadline: Date.now() + 100 },
        () => undefined,
      );
    let thrown: unknown;
    try {
      call();
    } catch (error) {
      thrown = error;
    }
    await rig.clientTelemetry.allEnded();
    outcomes.push([String(thrown), rig.clientTelemetry.ended.map(({ status: { message } }) => message)]);
  }
  expect(outcomes[1]).toEqual(outcomes[0]);
});
