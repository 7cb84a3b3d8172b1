import { checks, type Check } from '../../bench/bounds.js';
import type { Run } from '../../bench/plan.js';
import { summarize } from '../../bench/summary.js';
import { runOf, type Added } from './run-of.js';

const HELD = {
  bare: { micros: 0, bytes: 0 },
  'bare again': { micros: -2, bytes: 0 },
  'by hand': { micros: 40, bytes: 8000 },
  ours: { micros: 30, bytes: 4000 },
  'ours + metrics': { micros: 39, bytes: 6000 },
  auto: { micros: 130, bytes: 10_000 },
} satisfies Added;

function checked(added: Added, plan: Partial<Run> = {}): readonly Check[] {
  return checks(summarize([runOf(added, plan)]));
}

function verdicts(added: Added, plan: Partial<Run> = {}): readonly string[] {
  return checked(added, plan).map(({ verdict }) => verdict);
}

const ours = (micros: number, bytes = 4000): Added => ({ ...HELD, ours: { micros, bytes } });

describe('of sampled unary calls', () => {
  it('auto, by hand, bytes and metrics are bounds, and hold', () => {
    expect(checked(HELD).map(({ limit }) => limit)).toEqual([0.25, 1.1, 1.2, 10]);
    expect(verdicts(HELD)).toEqual(['pass', 'pass', 'pass', 'pass']);
  });

  it('a share of auto’s above the bound fails', () => {
    expect(verdicts(ours(43))[0]).toBe('fail');
  });

  it('by hand + 10 % is unclear within the noise and fails beyond it', () => {
    expect(verdicts(ours(44))[1]).toBe('pass');
    expect(verdicts(ours(45.9))[1]).toBe('unclear');
    expect(verdicts(ours(46.1))[1]).toBe('fail');
  });

  it('beside a by hand that adds nothing, less than the noise is unclear', () => {
    expect(verdicts({ ...ours(1.5), 'by hand': { micros: 0, bytes: 8000 } })[1]).toBe('unclear');
  });

  it('bytes above 1.2 of by hand’s fail', () => {
    expect(verdicts(ours(30, 9601))[2]).toBe('fail');
  });

  it('metrics above 10 µs fail', () => {
    expect(verdicts({ ...HELD, 'ours + metrics': { micros: 40.5, bytes: 6000 } })[3]).toBe('fail');
  });
});

describe('the limit of the share of auto’s', () => {
  it.each([
    ['20.20.2', 'sampled', 0.25],
    ['22.14.0', 'sampled', 0.25],
    ['24.1.0', 'sampled', 0.35],
    ['20.20.2', 'unsampled', 0.2],
    ['24.1.0', 'unsampled', 0.3],
    ['20.20.2', 'no SDK', 0.05],
    ['24.1.0', 'no SDK', 0.05],
  ] as const)('on Node %s, %s, is %d', (node, sampling, limit) => {
    expect(checked(HELD, { node, sampling })[0]?.limit).toBe(limit);
  });
});

it('without an SDK there is no bound on metrics', () => {
  expect(checked(HELD, { sampling: 'no SDK' })).toHaveLength(3);
});

it('of long streams, the shares are bounds', () => {
  const limits = checked(HELD, { load: 'server stream of 10000', inFlight: 1 }).map(({ limit }) => limit);
  expect(limits).toEqual([0.2, 1.1]);
});

it('what is not bound is not checked', () => {
  expect(checked(HELD, { inFlight: 1 })).toEqual([]);
  expect(checked(HELD, { load: 'bidi of 100' })).toEqual([]);
  expect(checked(HELD, { load: 'server stream of 10000', sampling: 'unsampled' })).toEqual([]);
});

it('what was not measured is said', () => {
  const { bare, 'bare again': again } = HELD;
  expect(verdicts({ bare, 'bare again': again })).toEqual([
    'not measured',
    'not measured',
    'not measured',
    'not measured',
  ]);
});
