import { Metadata, ServerInterceptingCall, status, type ServerInterceptor } from '@grpc/grpc-js';
import { invoke, SHAPES, type Shape } from '../../tools/invoke.js';
import { RepositoryProgram } from '../../tools/repository-program.js';
import { useDeadlines } from '../helpers/deadlines.js';
import { useEcho, type EchoRig } from '../helpers/echo.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { expectedPoints, measured } from '../helpers/measured.js';
import { moment } from '../helpers/moment.js';
import { plainSpan } from '../helpers/plain-span.js';

const echo = useEcho();
const deadlines = useDeadlines();

const FULL = { code: status.RESOURCE_EXHAUSTED, details: 'full' };

/** An interceptor that only passes on, in the way that most are written. */
const passing: ServerInterceptor = (_method, call) =>
  new ServerInterceptingCall(call, {
    start: (next) => next({ onReceiveMetadata: (metadata, pass) => pass(metadata) }),
  });

/** Ways to refuse a call so that no listener ever gets to the wire. */
const WAYS: readonly (readonly [what: string, refuse: ServerInterceptor])[] = [
  ['in start, at once', (_method, call) => new ServerInterceptingCall(call, { start: () => call.sendStatus(FULL) })],
  [
    'in start, later',
    (_method, call) => new ServerInterceptingCall(call, { start: () => setImmediate(() => call.sendStatus(FULL)) }),
  ],
  [
    'in start, through its own call',
    (_method, call) => {
      const own: ServerInterceptingCall = new ServerInterceptingCall(call, { start: () => own.sendStatus(FULL) });
      return own;
    },
  ],
  [
    'in start, after headers',
    (_method, call) =>
      new ServerInterceptingCall(call, {
        start: () => {
          call.sendMetadata(new Metadata());
          call.sendStatus(FULL);
        },
      }),
  ],
  [
    'while it is made',
    (_method, call) => {
      call.sendStatus(FULL);
      return new ServerInterceptingCall(call);
    },
  ],
  [
    'while it is made, later',
    (_method, call) => {
      setImmediate(() => call.sendStatus(FULL));
      return new ServerInterceptingCall(call, { start: () => undefined });
    },
  ],
  [
    'and starts the call all the same',
    (_method, call) =>
      new ServerInterceptingCall(call, {
        start: (next) => {
          call.sendStatus(FULL);
          next();
        },
      }),
  ],
];

const CASES = WAYS.flatMap(([what, refuse]) => SHAPES.map((shape) => [what, shape, refuse] as const));

describe.each<[where: string, chain: (refuse: ServerInterceptor, tracing: ServerInterceptor) => ServerInterceptor[]]>([
  ['tracing is first', (refuse, tracing) => [tracing, refuse]],
  ['another interceptor is between', (refuse, tracing) => [tracing, passing, refuse]],
  ['another interceptor is before tracing', (refuse, tracing) => [passing, tracing, refuse]],
])('an interceptor after tracing refuses a call, %s', (_where, chain) => {
  it.each(CASES)(
    '%s: a %s call leaves one span of what the client got, and is measured once',
    async (_what, shape, refuse) => {
      const { rig, measurements, spanSeconds } = await measured(
        echo,
        'server',
        {},
        { serverChain: (tracing) => chain(refuse, tracing) },
      );
      const { code, details } = await invoke(rig.client, shape).result;
      expect({ code, details }).toEqual(FULL);
      const [seconds] = await spanSeconds(1);
      expectOneSpan(rig, shape, FULL);
      const expected = expectedPoints('server', shape, rig.port, { 'rpc.status_code': 'RESOURCE_EXHAUSTED' }, seconds);
      expect(await measurements.points(1)).toStrictEqual(expected);
    },
  );
});

describe('a call that nobody has begun to listen to when its deadline passes', () => {
  it.each(SHAPES)('%s: one span, with the code that the client got', async (shape) => {
    let start = (): void => undefined;
    const arrived = moment();
    const rig = await echo.start({
      serverChain: (tracing) => [
        tracing,
        (_method, call) => {
          arrived.come();
          return new ServerInterceptingCall(call, { start: (next) => (start = () => next()) });
        },
      ],
    });
    const { result } = invoke(rig.client, shape, { callOptions: { deadline: deadlines.next() } });
    await arrived.whenCome;
    deadlines.pass();
    const { code } = await result;
    expect(code).toBe(status.DEADLINE_EXCEEDED);
    await rig.serverTelemetry.spans(1);
    expectOneSpan(rig, shape, { code: status.DEADLINE_EXCEEDED, details: 'Deadline exceeded' });
    // What comes too late is no part of the call, and no call of the handler either.
    start();
    expectOneSpan(rig, shape, { code: status.DEADLINE_EXCEEDED, details: 'Deadline exceeded' });
  });
});

it('an interceptor that throws while it is made leaves the span of what the client got', async () => {
  const { code, stdout } = await new RepositoryProgram('__tests__/helpers/throwing-interceptor.ts').ended;
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: ['uncaught: made wrongly', 'client: CANCELLED', 'span: CANCELLED'],
  });
});

function expectOneSpan(rig: EchoRig, shape: Shape, outcome: { code: number; details: string }): void {
  const { ended, startedCount } = rig.serverTelemetry;
  const [client] = rig.clientTelemetry.ended;
  expect(ended.map(plainSpan)).toEqual([expectedSpan('server', shape, outcome, rig.port)]);
  expect(startedCount).toBe(1);
  expect(ended[0]?.parentSpanContext?.spanId).toBe(client?.spanContext().spanId);
}
