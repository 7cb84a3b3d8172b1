import { Metadata, ServerInterceptingCall, status, type ServerInterceptor } from '@grpc/grpc-js';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { useEcho, type EchoRig } from '../helpers/echo.js';
import { expectedSpan, type ExpectedOutcome } from '../helpers/expected-span.js';
import { handlersAnswering } from '../helpers/metadata-handlers.js';
import type { PlainSpan } from '../helpers/plain-span.js';
import { firstSpan } from '../helpers/sides.js';

const echo = useEcho();

const serverTracing = { captureMetadata: { trailer: ['x-nth'] } };

function trailerOf(nth: string): Metadata {
  const metadata = new Metadata();
  metadata.set('x-nth', nth);
  return metadata;
}

function spanOfFirst(rig: EchoRig, shape: (typeof SHAPES)[number], outcome: ExpectedOutcome): PlainSpan {
  const span = expectedSpan('server', shape, outcome, rig.port);
  return { ...span, attributes: { ...span.attributes, 'rpc.response.trailer.x-nth': ['first'] } };
}

const OK = { code: status.OK, details: 'OK' };
const FIRST = { code: status.ABORTED, details: 'first' };
const SECOND = { code: status.ABORTED, details: 'second' };

// grpc-js sends the first and drops the second, and a code alone does not tell which of them was sent.
describe.each(SHAPES)('of two statuses with the same code, the server span of a %s call has the first', (shape) => {
  const repeating: ServerInterceptor = (_method, call) =>
    new ServerInterceptingCall(call, {
      sendStatus(sent, next) {
        next(sent);
        next({ ...sent, details: SECOND.details, metadata: trailerOf('second') });
      },
    });

  it.each([
    ['the handler answers', OK, {}],
    ['the handler fails', FIRST, { failure: FIRST }],
    ['the handler fails after headers', FIRST, { failure: FIRST, header: new Metadata() }],
  ])('%s', async (_case, outcome, answer) => {
    const rig = await echo.start({
      serverTracing,
      serverChain: (tracing) => [tracing, repeating],
      handlers: handlersAnswering({ trailer: trailerOf('first'), ...answer }),
    });
    expect(await invoke(rig.client, shape).result).toMatchObject({ code: outcome.code });
    expect(await firstSpan(rig, 'server')).toEqual(spanOfFirst(rig, shape, outcome));
  });
});

describe('of a unary handler that calls back twice', () => {
  it('with the same code, the server span has the first', async () => {
    const rig = await echo.start({
      serverTracing,
      handlers: {
        Unary(_call, callback) {
          callback({ ...FIRST, metadata: trailerOf('first') });
          callback({ ...SECOND, metadata: trailerOf('second') });
        },
      },
    });
    expect(await invoke(rig.client, 'Unary').result).toMatchObject(FIRST);
    expect(await firstSpan(rig, 'server')).toEqual(spanOfFirst(rig, 'Unary', FIRST));
  });
});
