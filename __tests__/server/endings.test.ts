import { Metadata, ServerInterceptingCall, status, type ServerInterceptor } from '@grpc/grpc-js';
import { connect, type ClientHttp2Session, type ClientHttp2Stream, type OutgoingHttpHeaders } from 'node:http2';
import { invoke, SHAPES, type Shape } from '../../tools/invoke.js';
import { useDeadlines } from '../helpers/deadlines.js';
import { useEcho, type EchoRig } from '../helpers/echo.js';
import { behave, DETAILS, TOO_LARGE, type Behaviour } from '../helpers/echo-handlers.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { frame } from '../helpers/frame.js';
import { moment } from '../helpers/moment.js';
import { plainSpan } from '../helpers/plain-span.js';

const echo = useEcho();
const deadlines = useDeadlines();

/** The limit that the rows about message sizes set, on the server. */
const LIMITED = { 'grpc.max_send_message_length': 1000, 'grpc.max_receive_message_length': 1000 };

async function serverSpan(rig: EchoRig): Promise<ReturnType<typeof plainSpan>> {
  const [span] = await rig.serverTelemetry.spans(1);
  if (span === undefined) throw new Error('no span');
  return plainSpan(span);
}

/** What a client that speaks HTTP/2 by hand got: the `grpc-status` in trailers or headers. */
function rawStatus(stream: ClientHttp2Stream): Promise<number> {
  return new Promise((resolve) => {
    const take = (headers: { readonly 'grpc-status'?: string }): void => {
      if (headers['grpc-status'] !== undefined) resolve(Number(headers['grpc-status']));
    };
    stream.on('response', take);
    stream.on('trailers', take);
    stream.resume();
  });
}

function request(session: ClientHttp2Session, shape: Shape, headers: OutgoingHttpHeaders = {}): ClientHttp2Stream {
  const stream = session.request({
    ':method': 'POST',
    ':path': `/test.Echo/${shape}`,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...headers,
  });
  stream.on('error', () => undefined);
  return stream;
}

describe.each(SHAPES)('the server span of a %s call says what the client got', (shape) => {
  it.each<[string, Behaviour, number, string]>([
    ['the handler answers', 'ok', status.OK, 'OK'],
    ['the handler fails with a code that is no server error', 'code 5', status.NOT_FOUND, DETAILS],
    ['the handler fails with a code that is a server error', 'code 13', status.INTERNAL, DETAILS],
    ['the handler fails with a code outside 0 to 16', 'code 42', 42, DETAILS],
    ['the handler fails with a plain Error', 'plain error', status.UNKNOWN, 'plain'],
    ['the handler throws', 'throw', status.UNKNOWN, 'Unknown error'],
    ['the response cannot be serialized', 'unserializable', status.INTERNAL, 'Error serializing response'],
    [
      'the response is over the limit',
      'too large',
      status.RESOURCE_EXHAUSTED,
      'Sent message larger than max (5008 vs. 1000)',
    ],
  ])('%s', async (_case, behaviour, code, details) => {
    const rig = await echo.start({ serverOptions: LIMITED });
    const { result } = invoke(rig.client, shape, { metadata: behave(behaviour) });
    expect((await result).code).toBe(code);
    expect(await serverSpan(rig)).toEqual(expectedSpan('server', shape, { code, details }, rig.port));
  });

  it('the request is over the limit', async () => {
    const rig = await echo.start({ serverOptions: LIMITED });
    const { result } = invoke(rig.client, shape, { text: TOO_LARGE });
    const { code, details } = await result;
    expect(code).toBe(status.RESOURCE_EXHAUSTED);
    expect(await serverSpan(rig)).toEqual(expectedSpan('server', shape, { code, details }, rig.port));
  });
});

describe.each(SHAPES)('the server span of a %s call that the client ends', (shape) => {
  it('by cancelling is CANCELLED, which is no error', async () => {
    const rig = await echo.start();
    const { call, firstMessage, result } = invoke(rig.client, shape, { metadata: behave('hang') });
    await Promise.race([firstMessage, rig.serverTelemetry.started(1)]);
    call.cancel();
    expect((await result).code).toBe(status.CANCELLED);
    expect(await serverSpan(rig)).toEqual(
      expectedSpan('server', shape, { code: status.CANCELLED, details: '' }, rig.port),
    );
  });

  it.each([
    ['which both notice', () => deadlines.next(), () => deadlines.pass()],
    ['which only the client has noticed', () => deadlines.nextOfClient(), () => deadlines.passOnClient()],
  ])('by its deadline, %s, is DEADLINE_EXCEEDED, although the handler never answers', async (_who, next, pass) => {
    const rig = await echo.start();
    const { result } = invoke(rig.client, shape, {
      metadata: behave('hang'),
      callOptions: { deadline: next() },
    });
    await rig.serverTelemetry.started(1);
    pass();
    expect((await result).code).toBe(status.DEADLINE_EXCEEDED);
    expect(await serverSpan(rig)).toEqual(
      expectedSpan('server', shape, { code: status.DEADLINE_EXCEEDED, details: 'Deadline exceeded' }, rig.port),
    );
  });

  it('by losing its connection is CANCELLED', async () => {
    const rig = await echo.start();
    const session = connect(`http://${rig.address}`);
    session.on('error', () => undefined);
    const stream = request(session, shape, { behaviour: 'hang' });
    stream.write(frame('hello'));
    await rig.serverTelemetry.started(1);
    session.destroy();
    expect(await serverSpan(rig)).toEqual(
      expectedSpan('server', shape, { code: status.CANCELLED, details: '' }, rig.port),
    );
  });
});

describe.each(SHAPES)('the server span of a %s call that the server shuts down', (shape) => {
  it('by force is CANCELLED', async () => {
    const rig = await echo.start();
    const { result } = invoke(rig.client, shape, { metadata: behave('hang'), keepOpen: true });
    await rig.serverTelemetry.started(1);
    rig.server.forceShutdown();
    expect((await result).code).toBe(status.CANCELLED);
    expect(await serverSpan(rig)).toEqual(
      expectedSpan('server', shape, { code: status.CANCELLED, details: '' }, rig.port),
    );
  });
});

describe('the server span of a call that ends in a way of its own', () => {
  it('a unary handler emits an error', async () => {
    const rig = await echo.start({
      handlers: { Unary: (call) => void call.emit('error', { code: status.FAILED_PRECONDITION, details: 'emitted' }) },
    });
    const outcome = await invoke(rig.client, 'Unary').result;
    expect(outcome).toMatchObject({ code: status.FAILED_PRECONDITION, details: 'emitted' });
    expect(await serverSpan(rig)).toEqual(expectedSpan('server', 'Unary', outcome, rig.port));
  });

  it('the request cannot be deserialized', async () => {
    const rig = await echo.start();
    const code = await new Promise((resolve) =>
      rig.client.makeUnaryRequest(
        '/test.Echo/Unary',
        () => Buffer.from([0xff, 0xff, 0xff, 0xff]),
        (bytes) => bytes,
        {},
        (error) => resolve(error?.code),
      ),
    );
    expect(code).toBe(status.INTERNAL);
    const outcome = { code: status.INTERNAL, details: 'Error deserializing request' };
    expect(await serverSpan(rig)).toEqual(expectedSpan('server', 'Unary', outcome, rig.port));
  });

  it.each<[string, OutgoingHttpHeaders, Buffer | undefined, number, string]>([
    [
      'the grpc-timeout header is invalid',
      { 'grpc-timeout': 'zzz' },
      frame('hello'),
      status.INTERNAL,
      'Invalid grpc-timeout value "zzz"',
    ],
    [
      'the client ends its side without a message',
      {},
      undefined,
      status.UNIMPLEMENTED,
      'Received no request message for server streaming method /test.Echo/Unary',
    ],
  ])('%s', async (_case, headers, body, code, details) => {
    const rig = await echo.start();
    const session = connect(`http://${rig.address}`);
    const stream = request(session, 'Unary', { ...headers, behaviour: 'hang' });
    const got = rawStatus(stream);
    stream.end(body);
    expect(await got).toBe(code);
    expect(await serverSpan(rig)).toEqual(expectedSpan('server', 'Unary', { code, details }, rig.port));
    session.destroy();
  });

  it('the handler answers after the deadline', async () => {
    const [handled, answered] = [moment(), moment()];
    const rig = await echo.start({
      handlers: {
        Unary(call, callback) {
          call.on('cancelled', () => {
            callback(null, call.request);
            answered.come();
          });
          handled.come();
        },
      },
    });
    const { result } = invoke(rig.client, 'Unary', { callOptions: { deadline: deadlines.next() } });
    await handled.whenCome;
    deadlines.pass();
    await answered.whenCome;
    const outcome = { code: status.DEADLINE_EXCEEDED, details: 'Deadline exceeded' };
    expect((await result).code).toBe(outcome.code);
    expect(await serverSpan(rig)).toEqual(expectedSpan('server', 'Unary', outcome, rig.port));
  });

  it('the handler calls back twice: OK is what left the server, though the client makes nothing of two messages', async () => {
    const rig = await echo.start({
      handlers: {
        Unary(call, callback) {
          callback(null, call.request);
          callback(null, call.request);
        },
      },
    });
    const { result } = invoke(rig.client, 'Unary', { callOptions: { deadline: deadlines.next() } });
    const outcome = { code: status.OK, details: 'OK' };
    expect(await serverSpan(rig)).toEqual(expectedSpan('server', 'Unary', outcome, rig.port));
    deadlines.pass();
    expect((await result).code).toBe(status.DEADLINE_EXCEEDED);
  });

  it('a stream handler destroys its stream: the client waits for its deadline', async () => {
    const rig = await echo.start({
      handlers: {
        ServerStream(call) {
          call.write(call.request);
          call.destroy(new Error('destroyed'));
        },
      },
    });
    const { firstMessage, result } = invoke(rig.client, 'ServerStream', {
      callOptions: { deadline: deadlines.next() },
    });
    await firstMessage;
    deadlines.pass();
    const { code } = await result;
    expect(code).toBe(status.DEADLINE_EXCEEDED);
    const outcome = { code, details: 'Deadline exceeded' };
    expect(await serverSpan(rig)).toEqual(expectedSpan('server', 'ServerStream', outcome, rig.port));
  });

  it("the handler's promise rejects: grpc-js ignores it, so the deadline ends the call", async () => {
    const rejected = moment();
    const rig = await echo.start({
      handlers: {
        // An async handler, as people write them although grpc-js does not wait for it.
        Unary: () => void Promise.reject(new Error('rejected')).catch(rejected.come),
      },
    });
    const { result } = invoke(rig.client, 'Unary', { callOptions: { deadline: deadlines.next() } });
    await rejected.whenCome;
    deadlines.pass();
    const { code } = await result;
    expect(code).toBe(status.DEADLINE_EXCEEDED);
    const outcome = { code, details: 'Deadline exceeded' };
    expect(await serverSpan(rig)).toEqual(expectedSpan('server', 'Unary', outcome, rig.port));
  });

  it('the response is too large for the client alone: the server did send OK', async () => {
    const rig = await echo.start({ clientOptions: { 'grpc.max_receive_message_length': 100 } });
    const { code } = await invoke(rig.client, 'Unary', { metadata: behave('too large') }).result;
    expect(code).toBe(status.RESOURCE_EXHAUSTED);
    const outcome = { code: status.OK, details: 'OK' };
    expect(await serverSpan(rig)).toEqual(expectedSpan('server', 'Unary', outcome, rig.port));
  });

  it('the method is not registered: no interceptor runs, so there is no span', async () => {
    const rig = await echo.start();
    const code = await new Promise((resolve) =>
      rig.client.makeUnaryRequest(
        '/test.Echo/Missing',
        () => Buffer.alloc(0),
        (bytes) => bytes,
        {},
        (error) => resolve(error?.code),
      ),
    );
    expect(code).toBe(status.UNIMPLEMENTED);
    expect(rig.serverTelemetry.startedCount).toBe(0);
  });
});

describe('a client that resets its stream', () => {
  it('after it got the status and without ending its side, as grpc-java does, got that status', async () => {
    const rig = await echo.start({ handlers: { Bidi: (call) => call.end() } });
    const session = connect(`http://${rig.address}`);
    const stream = request(session, 'Bidi');
    expect(await rawStatus(stream)).toBe(status.OK);
    stream.close(8);
    expect(await serverSpan(rig)).toEqual(expectedSpan('server', 'Bidi', { code: status.OK, details: 'OK' }, rig.port));
    session.destroy();
  });

  it('together with the end of its side got no answer, although the handler gave one', async () => {
    const rig = await echo.start();
    const { call, firstMessage, result } = invoke(rig.client, 'ClientStream', { keepOpen: true });
    await rig.serverTelemetry.started(1);
    call.cancel();
    expect((await result).code).toBe(status.CANCELLED);
    expect(await serverSpan(rig)).toEqual(
      expectedSpan('server', 'ClientStream', { code: status.CANCELLED, details: '' }, rig.port),
    );
    await Promise.race([firstMessage, result]);
  });
});

describe('a handler that goes on after the end', () => {
  it('sends headers: they touch no span', async () => {
    const [handled, sent] = [moment(), moment()];
    const rig = await echo.start({
      serverTracing: { captureMetadata: { response: ['key'] } },
      handlers: {
        Unary(call) {
          call.on('cancelled', () =>
            setImmediate(() => {
              const metadata = new Metadata();
              metadata.set('key', 'late');
              call.sendMetadata(metadata);
              sent.come();
            }),
          );
          handled.come();
        },
      },
    });
    const { result } = invoke(rig.client, 'Unary', { callOptions: { deadline: deadlines.next() } });
    await handled.whenCome;
    deadlines.pass();
    expect((await result).code).toBe(status.DEADLINE_EXCEEDED);
    await sent.whenCome;
    const outcome = { code: status.DEADLINE_EXCEEDED, details: 'Deadline exceeded' };
    expect(await serverSpan(rig)).toEqual(expectedSpan('server', 'Unary', outcome, rig.port));
  });

  it('writes to a stream that its deadline has ended: the stream never closes, and the span ends all the same', async () => {
    const handled = moment();
    const rig = await echo.start({
      handlers: {
        ServerStream(call) {
          for (let i = 0; i < 20; i++) call.write(call.request);
          handled.come();
        },
      },
    });
    // Nothing that the server writes can leave, so the handler's second write waits for the first.
    const session = connect(`http://${rig.address}`, { settings: { initialWindowSize: 0 } });
    const timeout = deadlines.next() - Date.now();
    const stream = request(session, 'ServerStream', { 'grpc-timeout': `${timeout}m` });
    stream.resume();
    stream.end(frame('hello'));
    await handled.whenCome;
    deadlines.pass();
    session.settings({ initialWindowSize: 65_535 });
    const outcome = { code: status.DEADLINE_EXCEEDED, details: 'Deadline exceeded' };
    expect(await serverSpan(rig)).toEqual(expectedSpan('server', 'ServerStream', outcome, rig.port));
    session.destroy();
  });
});

describe('an interceptor that rejects the call', () => {
  const rejecting: ServerInterceptor = (_method, call) =>
    new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: () =>
            call.sendStatus({ code: status.UNAUTHENTICATED, details: 'rejected', metadata: new Metadata() }),
        }),
    });

  it('is seen when tracing is listed before it', async () => {
    const rig = await echo.start({ serverChain: (tracing) => [tracing, rejecting] });
    const outcome = await invoke(rig.client, 'Unary').result;
    expect(outcome).toMatchObject({ code: status.UNAUTHENTICATED, details: 'rejected' });
    expect(await serverSpan(rig)).toEqual(expectedSpan('server', 'Unary', outcome, rig.port));
  });

  it('hides the call when tracing is listed after it', async () => {
    const rig = await echo.start({ serverChain: (tracing) => [rejecting, tracing] });
    expect((await invoke(rig.client, 'Unary').result).code).toBe(status.UNAUTHENTICATED);
    expect(rig.serverTelemetry.startedCount).toBe(0);
  });
});
