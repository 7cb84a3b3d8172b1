import { status } from '@grpc/grpc-js';
import type { ResponseStream } from '../../lib/server/base-call.js';
import { awaitsClose, serverOutcome, type EndedServerCall } from '../../lib/server/outcome.js';

const OPEN: ResponseStream = {
  closed: false,
  destroyed: false,
  errored: null,
  rstCode: 0,
  on: () => {
    throw new Error('not listened to here');
  },
};

const ENDED: EndedServerCall = {
  stream: OPEN,
  wanted: undefined,
  halfClosed: true,
  deadline: Infinity,
  startDelayMs: 0,
  endedAt: 1_000_000,
  endTime: 0,
};

const OK = { code: status.OK, details: 'OK' };
const CANCELLED = { code: status.CANCELLED, details: 'No status reached the client' };
const DEADLINE_EXCEEDED = { code: status.DEADLINE_EXCEEDED, details: 'Deadline exceeded' };

describe('what the client got', () => {
  it.each<[string, Partial<EndedServerCall>, { code: number; details: string }]>([
    ['nothing was sent, no deadline', {}, CANCELLED],
    ['nothing was sent, the deadline has passed', { deadline: 999_000 }, DEADLINE_EXCEEDED],
    ['nothing was sent, a Date for a deadline', { deadline: new Date(999_000) }, DEADLINE_EXCEEDED],
    ['nothing was sent, 20 ms before the deadline', { deadline: 1_000_020 }, DEADLINE_EXCEEDED],
    ['nothing was sent, 21 ms before the deadline', { deadline: 1_000_021 }, CANCELLED],
    ['nothing was sent, the headers were read late', { deadline: 1_000_070, startDelayMs: 50 }, DEADLINE_EXCEEDED],
    [
      'nothing was sent, earlier than the headers can have been late',
      { deadline: 1_000_071, startDelayMs: 50 },
      CANCELLED,
    ],
    ['the handler answered, nothing was sent', { wanted: OK }, CANCELLED],
    ['trailers were sent', { wanted: OK, stream: { ...OPEN, sentTrailers: { 'grpc-status': 0 } } }, OK],
    [
      'trailers tell another code than the handler',
      { wanted: OK, stream: { ...OPEN, sentTrailers: { 'grpc-status': 13, 'grpc-message': 'a%20b' } } },
      { code: status.INTERNAL, details: 'a b' },
    ],
    [
      'the status came with the headers alone',
      { stream: { ...OPEN, sentHeaders: { 'grpc-status': '8', 'grpc-message': 'too%20much' } } },
      { code: status.RESOURCE_EXHAUSTED, details: 'too much' },
    ],
    [
      'the message is badly encoded',
      { stream: { ...OPEN, sentHeaders: { 'grpc-status': 8, 'grpc-message': '100%' } } },
      { code: status.RESOURCE_EXHAUSTED, details: '100%' },
    ],
    [
      'there is no message',
      { stream: { ...OPEN, sentHeaders: { 'grpc-status': 8 } } },
      { code: status.RESOURCE_EXHAUSTED, details: '' },
    ],
    [
      'headers without a status were sent',
      { wanted: OK, stream: { ...OPEN, sentHeaders: { ':status': 200 } } },
      CANCELLED,
    ],
    [
      'a reset overtook the trailers',
      { wanted: OK, stream: { ...OPEN, closed: true, rstCode: 8, sentTrailers: { 'grpc-status': 0 } } },
      CANCELLED,
    ],
    [
      'a reset has come, but the stream has not closed',
      { wanted: OK, stream: { ...OPEN, rstCode: 8, sentTrailers: { 'grpc-status': 0 } } },
      OK,
    ],
    [
      'a reset at the deadline overtook the trailers',
      {
        wanted: OK,
        deadline: 1_000_001,
        stream: { ...OPEN, closed: true, rstCode: 8, sentTrailers: { 'grpc-status': 0 } },
      },
      DEADLINE_EXCEEDED,
    ],
    [
      'the stream closed in peace after the trailers',
      { wanted: OK, stream: { ...OPEN, closed: true, sentTrailers: { 'grpc-status': 0 } } },
      OK,
    ],
    [
      'a client that had not ended its side reset the stream after the trailers',
      {
        wanted: OK,
        halfClosed: false,
        stream: { ...OPEN, closed: true, rstCode: 8, sentTrailers: { 'grpc-status': 0 } },
      },
      OK,
    ],
    ['grpc-js hides its stream: what the handler wanted', { stream: undefined, wanted: OK }, OK],
    ['grpc-js hides its stream, the handler said nothing', { stream: undefined }, CANCELLED],
    ['grpc-js hides its stream, the deadline has passed', { stream: undefined, deadline: 1 }, DEADLINE_EXCEEDED],
  ])('%s', (_case, call, outcome) => {
    expect(serverOutcome({ ...ENDED, ...call })).toEqual(outcome);
  });
});

describe('the close of the stream is awaited', () => {
  it.each<[string, Partial<EndedServerCall>, boolean]>([
    ['when both sides have ended', {}, true],
    ['not when the client may still send', { halfClosed: false }, false],
    ['not when the stream has closed', { stream: { ...OPEN, closed: true } }, false],
    ['not when the stream is destroyed', { stream: { ...OPEN, destroyed: true } }, false],
    ['not when the stream has failed: it never closes', { stream: { ...OPEN, errored: new Error('late') } }, false],
    ['not when there is no stream to be seen', { stream: undefined }, false],
  ])('%s', (_case, call, awaited) => {
    expect(awaitsClose({ ...ENDED, ...call })).toBe(awaited);
  });
});
