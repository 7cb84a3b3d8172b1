import { status } from '@grpc/grpc-js';
import type { ResponseStream } from '../../lib/server/base-call.js';
import { awaitsClose, hasTimedOut, serverOutcome, type EndedServerCall } from '../../lib/server/outcome.js';

const OPEN: ResponseStream = {
  closed: false,
  destroyed: false,
  errored: null,
  rstCode: 0,
  on: () => {
    throw new Error('not listened to here');
  },
};

const SENT: ResponseStream = { ...OPEN, sentTrailers: { 'grpc-status': 0 } };

const ENDED: EndedServerCall = {
  stream: OPEN,
  wanted: undefined,
  halfClosed: true,
  timedOut: false,
  endTime: 0,
};

const OK = { code: status.OK, details: 'OK' };
const CANCELLED = { code: status.CANCELLED, details: 'No status reached the client' };
const DEADLINE_EXCEEDED = { code: status.DEADLINE_EXCEEDED, details: 'Deadline exceeded' };

describe('what the client got', () => {
  it.each<[string, Partial<EndedServerCall>, { code: number; details: string }]>([
    ['nothing was sent', {}, CANCELLED],
    ['nothing was sent, the client had stopped waiting', { timedOut: true }, DEADLINE_EXCEEDED],
    ['the status was sent just when the client stopped waiting', { timedOut: true, wanted: OK, stream: SENT }, OK],
    ['the handler answered, nothing was sent', { wanted: OK }, CANCELLED],
    ['trailers were sent', { wanted: OK, stream: SENT }, OK],
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
        timedOut: true,
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
    ['grpc-js hides its stream, the deadline has passed', { stream: undefined, timedOut: true }, DEADLINE_EXCEEDED],
  ])('%s', (_case, call, outcome) => {
    expect(serverOutcome({ ...ENDED, ...call })).toEqual(outcome);
  });
});

describe('a call that ends at 1,000,000 ms', () => {
  it.each<[string, deadline: Date | number, startDelayMs: number, timedOut: boolean]>([
    ['no deadline', Infinity, 0, false],
    ['a deadline that has passed', 999_000, 0, true],
    ['a Date that has passed', new Date(999_000), 0, true],
    ['20 ms before the deadline', 1_000_020, 0, true],
    ['21 ms before the deadline', 1_000_021, 0, false],
    ['headers that were read late', 1_000_070, 50, true],
    ['earlier than the headers can have been late', 1_000_071, 50, false],
    ['a Date that is none', new Date(Number.NaN), 0, false],
  ])('%s', (_case, deadline, startDelayMs, timedOut) => {
    expect(hasTimedOut(deadline, startDelayMs, 1_000_000)).toBe(timedOut);
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
