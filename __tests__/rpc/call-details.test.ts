import { callDetails, NO_DETAILS } from '../../lib/rpc/call-details.js';

const LAST_MOMENT = 8_640_000_000_000_000;

describe('the deadline, as grpc-js has it', () => {
  it.each<[what: string, given: Date | number | undefined, expected: Date | undefined]>([
    ['a date', new Date(5), new Date(5)],
    ['milliseconds', 5, new Date(5)],
    ['a part of one', 5.9, new Date(5)],
    ['the epoch', 0, new Date(0)],
    ['before it', -5, new Date(-5)],
    ['the last moment that a date can be', LAST_MOMENT, new Date(LAST_MOMENT)],
    ['never', Infinity, undefined],
    ['always', -Infinity, undefined],
    ['what no date can be, which is never', LAST_MOMENT + 1, undefined],
    ['the largest number, which some take for never', Number.MAX_VALUE, undefined],
    ['a date that is none', new Date(NaN), undefined],
    ['no number', NaN, undefined],
    ['not known', undefined, undefined],
  ])('%s: %p', (_what, given, deadline) => {
    expect(callDetails(given)).toStrictEqual({ deadline });
  });

  it('is a copy, which who is told may change', () => {
    const deadline = new Date(5);
    callDetails(deadline).deadline?.setTime(6);
    expect(deadline.getTime()).toBe(5);
  });
});

it('who waits forever shares one frozen object with who does not ask', () => {
  expect([undefined, Infinity, NaN].map((deadline) => callDetails(deadline) === NO_DETAILS)).toEqual([
    true,
    true,
    true,
  ]);
  expect(Object.isFrozen(NO_DETAILS)).toBe(true);
  expect(NO_DETAILS).toStrictEqual({ deadline: undefined });
});
