import { checks, type Check } from '../../bench/bounds.js';
import type { Measurement } from '../../bench/document.js';
import { between, measurementOf, steady, type AddedBy } from './measurement-of.js';

const HELD = {
  bare: steady(0, 0),
  'spans alone': steady(20),
  'records alone': steady(10),
  'by hand': steady(40, 8000),
  ours: steady(40, 9000),
  'ours + metrics': steady(50.5),
  auto: steady(90),
} satisfies AddedBy;

function checked(changed: AddedBy, setting: Partial<Measurement> = {}): readonly Check[] {
  return checks([measurementOf({ ...HELD, ...changed }, setting)]);
}

function verdictOf(what: string, changed: AddedBy, setting: Partial<Measurement> = {}): string | undefined {
  return checked(changed, setting).find((check) => check.what === what)?.verdict;
}

it('what is within its limits passes', () => {
  const all = [...checked({}), ...checked({}, { sampling: 'unsampled' })];
  expect(all.map(({ what, limit, verdict }) => [what, limit, verdict])).toEqual([
    ['sampled: ours / by hand', 1.1, 'pass'],
    ['sampled: ours / auto', 0.5, 'pass'],
    ['sampled: own, ours / auto', 0.35, 'pass'],
    ['sampled: metrics beyond records alone, µs', 1, 'pass'],
    ['sampled: bytes over bare, ours / by hand', 1.15, 'pass'],
    ['unsampled: ours / by hand', 1.1, 'pass'],
  ]);
});

it.each<[what: string, broken: AddedBy]>([
  ['sampled: ours / by hand', { ours: steady(45) }],
  ['sampled: ours / auto', { ours: steady(46) }],
  ['sampled: own, ours / auto', { ours: steady(45) }],
  ['sampled: metrics beyond records alone, µs', { 'ours + metrics': steady(51.5) }],
  ['sampled: bytes over bare, ours / by hand', { ours: steady(40, 9300) }],
])('%s fails beyond its limit', (what, broken) => {
  expect(verdictOf(what, broken)).toBe('fail');
});

it('unsampled calls have the bound beside code by hand', () => {
  expect(verdictOf('unsampled: ours / by hand', { ours: steady(45) }, { sampling: 'unsampled' })).toBe('fail');
});

it('without an SDK, microseconds have a bound', () => {
  const what = 'no SDK: ours over bare, µs';
  expect(verdictOf(what, { ours: steady(4.9) }, { sampling: 'no SDK' })).toBe('pass');
  expect(verdictOf(what, { ours: steady(5.1) }, { sampling: 'no SDK' })).toBe('fail');
});

it('a limit within the interval is unclear', () => {
  expect(verdictOf('sampled: ours / by hand', { ours: between(43, 46) })).toBe('unclear');
});

it.each([
  ['22.22.0', 0.5, 0.35],
  ['24.1.0', 0.6, 0.4],
  ['26.0.0', 0.6, 0.4],
])('the shares of auto’s on Node %s are %d and %d', (node, whole, own) => {
  expect(checked({}, { node }).map(({ limit }) => limit)).toEqual([1.1, whole, own, 1, 1.15]);
});

it('what has no bound, or was not measured, is not checked', () => {
  expect(checked({}, { inFlight: 1 })).toEqual([]);
  expect(checked({}, { load: 'bidi of 100' })).toEqual([]);
  expect(checks([measurementOf({ bare: steady(0), ours: steady(30) })])).toEqual([]);
});
