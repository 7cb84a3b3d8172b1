import { status, type Metadata } from '@grpc/grpc-js';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { useEcho, type EchoMethods, type EchoRig } from '../helpers/echo.js';
import { expectedSpan, type ExpectedOutcome } from '../helpers/expected-span.js';
import { hedgingPolicy } from '../helpers/hedging-policy.js';
import { expectedPoints, measured } from '../helpers/measured.js';
import { plainSpan, type PlainSpan } from '../helpers/plain-span.js';

const echo = useEcho();

const KEY = 'previous-rpc-attempts';
const HEADER = 'grpc-previous-rpc-attempts';
const ATTEMPTS = [0, 1, 2];

const OK = { code: status.OK, details: 'OK' };
const LOST = { code: status.CANCELLED, details: 'No status reached the client' };
const AGAIN = { code: status.UNAVAILABLE, details: 'try again' };

/** Longer than any test takes: the next attempt is made when one fails, and not before. */
const NEVER = '1000s';

interface Attempt {
  readonly answer: () => void;
  readonly fail: (outcome: ExpectedOutcome) => void;
}

/** Handlers that hand over what to do with an attempt, and which it is, once they have read the request. */
function handingOver(arrive: (number: number, attempt: Attempt) => void): EchoMethods {
  const numberOf = ({ metadata }: { metadata: Metadata }): number => Number(metadata.get(HEADER)[0] ?? 0);
  return {
    Unary(call, callback) {
      arrive(numberOf(call), { answer: () => callback(null, call.request), fail: (outcome) => callback(outcome) });
    },
    ClientStream(call, callback) {
      const attempt: Attempt = {
        answer: () => callback(null, { text: 'hello' }),
        fail: (outcome) => callback(outcome),
      };
      call.resume().on('end', () => arrive(numberOf(call), attempt));
    },
    ServerStream(call) {
      const answer = (): void => {
        call.write({ text: 'hello' });
        call.end();
      };
      arrive(numberOf(call), { answer, fail: (outcome) => call.emit('error', outcome) });
    },
    Bidi(call) {
      const answer = (): void => {
        call.write({ text: 'hello' });
        call.end();
      };
      const attempt: Attempt = { answer, fail: (outcome) => call.emit('error', outcome) };
      call.resume().on('end', () => arrive(numberOf(call), attempt));
    },
  };
}

/** Of a first attempt nothing is said. */
function withAttempts(span: PlainSpan, previous: number): PlainSpan {
  return previous === 0 ? span : { ...span, attributes: { ...span.attributes, [KEY]: previous } };
}

/** One for each attempt, in their order. */
async function serverSpans({ serverTelemetry }: EchoRig, count: number): Promise<PlainSpan[]> {
  const previous = ({ attributes }: PlainSpan): number => Number(attributes[KEY] ?? 0);
  return (await serverTelemetry.spans(count)).map(plainSpan).sort((a, b) => previous(a) - previous(b));
}

function parentIdsOf({ serverTelemetry }: EchoRig): (string | undefined)[] {
  return serverTelemetry.ended.map(({ parentSpanContext }) => parentSpanContext?.spanId);
}

describe.each(SHAPES)('a %s call that is made three times at once', (shape) => {
  it.each(ATTEMPTS)('attempt %p answers: the CLIENT span is of all, and has the number of this one', async (winner) => {
    const arrived = new Map<number, Attempt>();
    const handlers = handingOver((number, attempt) => {
      arrived.set(number, attempt);
      if (arrived.size === ATTEMPTS.length) arrived.get(winner)?.answer();
    });
    const { rig, measurements, spanSeconds } = await measured(
      echo,
      'client',
      {},
      { clientOptions: hedgingPolicy('0.01s', []), handlers },
    );
    expect(await invoke(rig.client, shape).result).toMatchObject({ code: status.OK, messages: ['hello'] });
    const [seconds] = await spanSeconds(1);
    expect(rig.clientTelemetry.ended.map(plainSpan)).toEqual([
      withAttempts(expectedSpan('client', shape, OK, rig.port), winner),
    ]);
    expect(await serverSpans(rig, ATTEMPTS.length)).toEqual(
      ATTEMPTS.map((number) =>
        withAttempts(expectedSpan('server', shape, number === winner ? OK : LOST, rig.port), number),
      ),
    );
    const [id] = rig.clientTelemetry.ended.map((span) => span.spanContext().spanId);
    expect(parentIdsOf(rig)).toEqual([id, id, id]);
    expect(await measurements.points(1)).toStrictEqual(
      expectedPoints('client', shape, rig.port, { 'rpc.status_code': 'OK' }, seconds),
    );
  });
});

describe.each(SHAPES)('a %s call that is made again when it fails', (shape) => {
  const FATAL = { code: status.NOT_FOUND, details: 'none' };

  it.each<[what: string, outcomes: readonly ExpectedOutcome[]]>([
    ['its first attempt answers', [OK]],
    ['its second answers', [AGAIN, OK]],
    ['its third answers', [AGAIN, AGAIN, OK]],
    ['none of them answers', [AGAIN, AGAIN, AGAIN]],
    ['the second fails for good', [AGAIN, FATAL]],
    ['the first fails for good', [FATAL]],
  ])('%s', async (_what, outcomes) => {
    const handlers = handingOver((number, { answer, fail }) => {
      const outcome = outcomes[number];
      if (outcome === undefined || outcome === OK) answer();
      else fail(outcome);
    });
    const rig = await echo.start({ clientOptions: hedgingPolicy(NEVER, ['UNAVAILABLE']), handlers });
    const last = outcomes.length - 1;
    const outcome = outcomes[last] ?? OK;
    expect((await invoke(rig.client, shape).result).code).toBe(outcome.code);
    expect((await rig.clientTelemetry.spans(1)).map(plainSpan)).toEqual([
      withAttempts(expectedSpan('client', shape, outcome, rig.port), last),
    ]);
    expect(await serverSpans(rig, outcomes.length)).toEqual(
      outcomes.map((each, number) => withAttempts(expectedSpan('server', shape, each, rig.port), number)),
    );
  });
});
