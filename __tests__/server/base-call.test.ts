import { ServerInterceptingCall, type ServerInterceptingCallInterface } from '@grpc/grpc-js';
import { Duplex } from 'node:stream';
import { baseCallOf } from '../../lib/server/base-call.js';
import { invoke } from '../../tools/invoke.js';
import { useEcho } from '../helpers/echo.js';

const echo = useEcho();

describe('grpc-js’s own call below all interceptors', () => {
  it('is found, directly and behind other interceptors', async () => {
    const found: unknown[] = [];
    const rig = await echo.start({
      serverChain: (tracing) => [
        (_method, call) => {
          const wrapped = new ServerInterceptingCall(new ServerInterceptingCall(call));
          found.push(baseCallOf(call), baseCallOf(wrapped));
          return wrapped;
        },
        tracing,
      ],
    });
    await invoke(rig.client, 'Unary').result;
    expect(found).toEqual([expect.objectContaining({ stream: expect.any(Duplex) as object }), found[0]]);
  });

  it.each<[string, object]>([
    ['no call has one', { nextCall: { nextCall: null } }],
    ['it is something else', { stream: {}, nextCall: { stream: 'text' } }],
    ['it is null', { stream: null }],
    ['it has no reset code', { stream: { sentHeaders: {} } }],
    ['it has no headers', { stream: { rstCode: 0 } }],
    ['nothing can be started', { stream: { rstCode: 0, sentHeaders: {} } }],
  ])('is not found when %s', (_case, call) => {
    // Not a call of any grpc-js; what a later one may look like.
    expect(baseCallOf(call as ServerInterceptingCallInterface)).toBeUndefined();
  });
});
