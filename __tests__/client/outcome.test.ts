import { Client, ServerInterceptingCall, status, type ServerInterceptor } from '@grpc/grpc-js';
import type * as module from '../../lib/client/no-message.js';
import { clientOutcome } from '../../lib/client/outcome.js';
import type { RpcInfo, SemanticConventions } from '../../lib/index.js';
import { invoke, SHAPES, type Result, type Shape } from '../../tools/invoke.js';
import { AnsweringServer } from '../helpers/answering-server.js';
import { CLIENT_TRACING, useEcho, type EchoRig } from '../helpers/echo.js';
import { expectedSpan, type ExpectedOutcome } from '../helpers/expected-span.js';
import { plainSpan } from '../helpers/plain-span.js';
import { firstSpan, SIDES } from '../helpers/sides.js';
import { DiagLog } from '../helpers/telemetry.js';

const echo = useEcho();

const answering: AnsweringServer[] = [];

afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(answering.splice(0).map((server) => server.close()));
});

/** What the caller gets of a server that answers with this status, and at which port that server is. */
async function resultOf(rig: EchoRig, shape: Shape, grpcStatus: string, trailersOnly: boolean) {
  const trailers = { 'grpc-status': grpcStatus, 'grpc-message': 'as%20sent' };
  const server = await new AnsweringServer(trailers, trailersOnly).listen();
  answering.push(server);
  const client = rig.newClient(`127.0.0.1:${server.port}`);
  return { result: await invoke(client, shape).result, port: server.port };
}

const PLACES = [
  ['trailers', false],
  ['headers alone', true],
] as const;

describe.each(PLACES)('a server that ends with %s', (_where, trailersOnly) => {
  describe.each(CLIENT_TRACING.flatMap((by) => SHAPES.map((shape) => [shape, by] as const)))(
    'a %s call, traced by the %s',
    (shape, clientTracedBy) => {
      it.each<[grpcStatus: string, caller: number, span: number]>([
        ['1', 1, status.CANCELLED],
        ['16', 16, status.UNAUTHENTICATED],
        ['007', 7, status.PERMISSION_DENIED],
        ['0x10', 16, status.UNAUTHENTICATED],
        ['1e1', 10, status.ABORTED],
        // Numbers that gRPC does not know stay what they are.
        ['17', 17, 17],
        ['99', 99, 99],
        ['-1', -1, -1],
        ['4294967296', 4_294_967_296, 4_294_967_296],
        // What is no whole number is UNKNOWN, as for every other client.
        ['abc', NaN, status.UNKNOWN],
        ['NaN', NaN, status.UNKNOWN],
        ['OK', NaN, status.UNKNOWN],
        ['0, 0', NaN, status.UNKNOWN],
        ['1.5', 1.5, status.UNKNOWN],
        ['Infinity', Infinity, status.UNKNOWN],
        ['9'.repeat(400), Infinity, status.UNKNOWN],
      ])('%j: the caller gets %p, the span says %p', async (grpcStatus, caller, span) => {
        const rig = await echo.start({ clientTracedBy });
        const { result, port } = await resultOf(rig, shape, grpcStatus, trailersOnly);
        expect(result).toEqual({ code: caller, details: 'as sent', messages: [] });
        expect((await rig.clientTelemetry.spans(1)).map(plainSpan)).toEqual([
          expectedSpan('client', shape, { code: span, details: 'as sent' }, port),
        ]);
      });

      // JavaScript takes no digits for zero.
      it.each(['0', '', '000', '-0'])(
        '%j is OK, and without a message what grpc-js makes of it',
        async (grpcStatus) => {
          const rig = await echo.start({ clientTracedBy });
          const { result, port } = await resultOf(rig, shape, grpcStatus, trailersOnly);
          const expected: Record<Shape, Omit<Result, 'messages'>> = {
            Unary: { code: status.UNIMPLEMENTED, details: 'No message received' },
            ClientStream: { code: status.UNIMPLEMENTED, details: 'No message received' },
            ServerStream: { code: status.OK, details: 'as sent' },
            Bidi: { code: status.OK, details: 'as sent' },
          };
          expect({ ...result, code: Math.abs(result.code) }).toEqual({ ...expected[shape], messages: [] });
          // A channel is told no shape, so that it cannot know that a message is missing.
          const told = clientTracedBy === 'channel' ? { code: status.OK, details: 'as sent' } : expected[shape];
          expect((await rig.clientTelemetry.spans(1)).map(plainSpan)).toEqual([
            expectedSpan('client', shape, told, port),
          ]);
        },
      );
    },
  );
});

const CONVENTIONS: readonly (readonly [SemanticConventions, name: string | undefined, number: number | undefined])[] = [
  ['stable', 'UNKNOWN', undefined],
  ['dup', 'UNKNOWN', 2],
  ['old', undefined, 2],
];

describe.each(CONVENTIONS)('by the %s conventions', (semanticConventions, name, number) => {
  /** By a server's interceptor in plain JavaScript, which no type holds back. */
  const sending = (code: unknown): ServerInterceptor => {
    return (_method, call) =>
      new ServerInterceptingCall(call, { sendStatus: (sent, next) => next({ ...sent, code: code as status }) });
  };

  it.each([NaN, 1.5, Infinity, 'abc'])('a status %p is UNKNOWN on both sides', async (code) => {
    const rig = await echo.start({
      clientTracing: { semanticConventions },
      serverTracing: { semanticConventions },
      serverChain: (tracing) => [tracing, sending(code)],
    });
    expect((await invoke(rig.client, 'Bidi').result).code).toEqual(Number(code));
    for (const side of SIDES) {
      const { attributes, status: spanStatus } = await firstSpan(rig, side);
      expect([attributes['rpc.status_code'], attributes['rpc.grpc.status_code']]).toEqual([name, number]);
      expect(spanStatus.code).toBe('ERROR');
    }
  });

  it.each([-1, 99])('a status %p stays what it is', async (code) => {
    const rig = await echo.start({
      clientTracing: { semanticConventions },
      serverTracing: { semanticConventions },
      serverChain: (tracing) => [tracing, sending(code)],
    });
    expect((await invoke(rig.client, 'Bidi').result).code).toBe(code);
    for (const side of SIDES) {
      const { attributes } = await firstSpan(rig, side);
      expect([attributes['rpc.status_code'], attributes['rpc.grpc.status_code']]).toEqual([
        name && String(code),
        number && code,
      ]);
    }
  });
});

describe('what the caller gets', () => {
  const rpc = (responseStream: boolean): RpcInfo => ({
    side: 'client',
    fullMethod: 'test.Echo/Any',
    service: 'test.Echo',
    method: 'Any',
    requestStream: false,
    responseStream,
  });
  const NO_MESSAGE = { code: status.UNIMPLEMENTED, details: 'No message received' };
  const OK = { code: status.OK, details: 'OK' };

  it.each<[what: string, responseStream: boolean, gotMessage: boolean, expected: typeof OK]>([
    ['one response that came', false, true, OK],
    ['one response that did not come', false, false, NO_MESSAGE],
    ['a stream with messages', true, true, OK],
    ['a stream without', true, false, OK],
  ])('of OK with %s', (_what, responseStream, gotMessage, expected) => {
    expect(clientOutcome(OK, rpc(responseStream), gotMessage, 'me:secret')).toEqual(expected);
  });

  it.each<[details: string, userInfo: string | undefined, shown: string]>([
    ['Name resolution failed for target dns:me:secret@host', 'me:secret', 'Name resolution failed for target dns:host'],
    ['me:secret@one me:secret@two', 'me:secret', 'one two'],
    ['m.*e@host', 'm.*e', 'host'],
    ['$&@host', '$&', 'host'],
    ['mail me@example.com', 'me:secret', 'mail me@example.com'],
    ['the secret of me', 'me', 'the secret of me'],
    ['', 'me', ''],
    ['me:secret@host', undefined, 'me:secret@host'],
  ])('%j, with %p in the target', (details, userInfo, shown) => {
    const outcome = clientOutcome({ code: status.UNAVAILABLE, details }, rpc(false), false, userInfo);
    expect(outcome).toEqual({ code: status.UNAVAILABLE, details: shown });
  });

  it('of details that an interceptor in plain JavaScript has left out is none', () => {
    const outcome = { code: status.NOT_FOUND } as ExpectedOutcome;
    expect(clientOutcome(outcome, rpc(false), false, 'me:secret')).toEqual({ code: status.NOT_FOUND });
  });

  it('is the very object where there is nothing to say otherwise', () => {
    const told = { code: status.NOT_FOUND, details: 'none' };
    expect(clientOutcome(told, rpc(false), false, undefined)).toBe(told);
  });

  it.each(SHAPES)('names no user, although grpc-js does: a %s call', async (shape) => {
    const rig = await echo.start();
    const { code, details } = await invoke(rig.newClient('me:secret@nowhere.invalid:1'), shape).result;
    expect(details).toContain('me:secret@');
    const span = expectedSpan('client', shape, { code, details: details.replace('me:secret@', '') }, 1, 'none');
    expect(await firstSpan(rig, 'client')).toEqual({
      ...span,
      attributes: { ...span.attributes, 'server.address': 'nowhere.invalid' },
    });
  });
});

describe('what an OK without a message comes to', () => {
  /** As a process of its own has it, which has asked nobody yet. */
  function fresh(): typeof module {
    let loaded: typeof module | undefined;
    jest.isolateModules(() => {
      jest.doMock('@grpc/grpc-js', () => grpc);
      loaded = jest.requireActual<typeof module>('../../lib/client/no-message.js');
    });
    if (loaded === undefined) throw new Error('nothing was loaded');
    return loaded;
  }
  const grpc = jest.requireActual<object>('@grpc/grpc-js');

  afterEach(() => {
    jest.dontMock('@grpc/grpc-js');
  });

  it('is asked of this grpc-js, once', () => {
    const asked = jest.spyOn(Client.prototype, 'makeUnaryRequest');
    const { noMessage } = fresh();
    expect(asked).not.toHaveBeenCalled();
    const outcome = noMessage();
    expect(outcome).toEqual({ code: status.UNIMPLEMENTED, details: 'No message received' });
    expect(noMessage()).toBe(outcome);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('is what another release says', () => {
    const other = Object.assign(new Error('other'), {
      code: status.INTERNAL,
      details: 'Not enough responses received',
    });
    jest.spyOn(Client.prototype, 'makeUnaryRequest').mockImplementation((...asked: readonly unknown[]) => {
      // The last of them, by the signature that is asked with.
      const callback = asked.at(-1) as (error: object) => void;
      callback(other);
      // Nobody looks at the call.
      return undefined as never;
    });
    expect(fresh().noMessage()).toEqual({ code: status.INTERNAL, details: 'Not enough responses received' });
  });

  it('is the usual where it cannot be asked, and that is told', () => {
    jest.spyOn(Client.prototype, 'makeUnaryRequest').mockImplementation(() => {
      throw new Error('not here');
    });
    const log = DiagLog.install();
    expect(fresh().noMessage()).toEqual({ code: status.UNIMPLEMENTED, details: 'No message received' });
    expect(log.lines).toEqual(['grpc-js-opentelemetry: what a call without a message comes to could not be asked']);
  });
});
