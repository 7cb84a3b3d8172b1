import { Metadata, ServerInterceptingCall, status, type ServerInterceptor } from '@grpc/grpc-js';
import { connect } from 'node:http2';
import { AlwaysOffSampler } from '@opentelemetry/sdk-trace-node';
import { loopDelay } from '../../lib/server/loop-delay.js';
import { invoke, SHAPES, type InvokeOptions, type Shape } from '../../tools/invoke.js';
import { useDeadlines } from '../helpers/deadlines.js';
import { useEcho, type EchoRig, type EchoSetup } from '../helpers/echo.js';
import { behave, TOO_LARGE, type Behaviour } from '../helpers/echo-handlers.js';
import { frame } from '../helpers/frame.js';
import { callsOver } from '../helpers/sides.js';
import { Telemetry } from '../helpers/telemetry.js';

const echo = useEcho();
const deadlines = useDeadlines();

const watch = jest.spyOn(loopDelay, 'watch');
const unwatch = jest.spyOn(loopDelay, 'unwatch');
beforeEach(() => {
  watch.mockClear();
  unwatch.mockClear();
});

/** How often the loop was watched, and how often no longer, once the server is done with every call. */
async function watched(rig: EchoRig): Promise<{ watches: number; unwatches: number }> {
  await callsOver(rig);
  await rig.serverTelemetry.allEnded();
  return { watches: watch.mock.calls.length, unwatches: unwatch.mock.calls.length };
}

const ONCE = { watches: 1, unwatches: 1 };
const NEVER = { watches: 0, unwatches: 0 };

/** That nobody waits for. */
function far(): { deadline: number } {
  return { deadline: Date.now() + 600_000 };
}

const refusing: ServerInterceptor = (_method, call) =>
  new ServerInterceptingCall(call, {
    start: () => call.sendStatus({ code: status.RESOURCE_EXHAUSTED, details: 'full', metadata: new Metadata() }),
  });

describe.each(SHAPES)('a %s call with a deadline has the event loop watched until it is over', (shape) => {
  it.each<[how: string, behaviour: Behaviour, code: number]>([
    ['with an answer', 'ok', status.OK],
    ['with an error', 'code 5', status.NOT_FOUND],
    ['with what the handler threw', 'throw', status.UNKNOWN],
    ['with a response that cannot be serialized', 'unserializable', status.INTERNAL],
    ['with a response that is too large', 'too large', status.RESOURCE_EXHAUSTED],
  ])('%s', async (_how, behaviour, code) => {
    const rig = await echo.start({ serverOptions: { 'grpc.max_send_message_length': 1000 } });
    const { result } = invoke(rig.client, shape, { metadata: behave(behaviour), callOptions: far() });
    expect((await result).code).toBe(code);
    expect(await watched(rig)).toEqual(ONCE);
  });

  it.each<[how: string, setup: EchoSetup, options: InvokeOptions]>([
    [
      'a request that is too large',
      { serverOptions: { 'grpc.max_receive_message_length': 1000 } },
      { text: TOO_LARGE },
    ],
    ['an interceptor that refuses it', { serverChain: (tracing) => [tracing, refusing] }, {}],
  ])('by %s', async (_how, setup, options) => {
    const rig = await echo.start(setup);
    const { result } = invoke(rig.client, shape, { ...options, callOptions: far() });
    expect((await result).code).toBe(status.RESOURCE_EXHAUSTED);
    expect(await watched(rig)).toEqual(ONCE);
  });

  it('by its caller', async () => {
    const rig = await echo.start();
    const { call, result } = invoke(rig.client, shape, { metadata: behave('hang'), callOptions: far() });
    await rig.serverTelemetry.started(1);
    expect(watch).toHaveBeenCalledTimes(1);
    expect(unwatch).not.toHaveBeenCalled();
    call.cancel();
    await result;
    expect(await watched(rig)).toEqual(ONCE);
  });

  it('by its deadline', async () => {
    const rig = await echo.start();
    const { result } = invoke(rig.client, shape, {
      metadata: behave('hang'),
      callOptions: { deadline: deadlines.next() },
    });
    await rig.serverTelemetry.started(1);
    deadlines.pass();
    expect((await result).code).toBe(status.DEADLINE_EXCEEDED);
    expect(await watched(rig)).toEqual(ONCE);
  });

  it('by the end of its connection', async () => {
    const rig = await echo.start();
    const session = connect(`http://${rig.address}`);
    session.on('error', () => undefined);
    const stream = session.request({
      ':method': 'POST',
      ':path': `/test.Echo/${shape}`,
      'content-type': 'application/grpc',
      te: 'trailers',
      'grpc-timeout': '10M',
      behaviour: 'hang',
    });
    stream.on('error', () => undefined);
    stream.write(frame('hello'));
    await rig.serverTelemetry.started(1);
    session.destroy();
    expect(await watched(rig)).toEqual(ONCE);
  });

  it('by the end of its server', async () => {
    const rig = await echo.start();
    const { result } = invoke(rig.client, shape, { metadata: behave('hang'), callOptions: far(), keepOpen: true });
    await rig.serverTelemetry.started(1);
    rig.server.forceShutdown();
    await result;
    await rig.serverTelemetry.allEnded();
    expect({ watches: watch.mock.calls.length, unwatches: unwatch.mock.calls.length }).toEqual(ONCE);
  });
});

describe('the event loop is not watched for the sake of', () => {
  it.each<[what: string, shape: Shape]>(SHAPES.map((shape) => [`a ${shape} call without a deadline`, shape]))(
    '%s',
    async (_what, shape) => {
      const rig = await echo.start();
      expect((await invoke(rig.client, shape).result).code).toBe(status.OK);
      expect(await watched(rig)).toEqual(NEVER);
    },
  );

  it.each<[what: string, setup: () => EchoSetup]>([
    ['a call that is left out', () => ({ serverTracing: { filter: () => false } })],
    ['a call that is not sampled', () => ({ serverTelemetry: new Telemetry(new AlwaysOffSampler()) })],
  ])('%s', async (_what, setup) => {
    const rig = await echo.start(setup());
    const { result } = invoke(rig.client, 'Unary', { callOptions: far() });
    expect((await result).code).toBe(status.OK);
    expect(await watched(rig)).toEqual(NEVER);
  });
});
