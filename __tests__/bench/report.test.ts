import { checks } from '../../bench/bounds.js';
import { progressText } from '../../bench/progress.js';
import { checkTable, measurementReport, shown } from '../../bench/report.js';
import type { VariantName } from '../../bench/variant-names.js';
import { measurementOf, steady } from './measurement-of.js';

const MEASUREMENT = measurementOf({
  bare: steady(0, 0),
  'spans alone': steady(20),
  'records alone': steady(10),
  'by hand': steady(40, 8000),
  ours: steady(50, 9000),
  'ours + metrics': steady(62),
  auto: steady(100),
});

/** Cells by variant and head, without the interval, which is as wide as nothing here. */
function cell(report: string, variant: string, head: string): string | undefined {
  const rows = report.split('\n').map((line) => line.split('|').map((text) => text.trim()));
  const heads = rows.find((row) => row[1] === 'variant');
  return rows.find((row) => row[1] === variant)?.[heads?.indexOf(head) ?? -1]?.split(' ')[0];
}

describe('the report of a setting', () => {
  const report = measurementReport(MEASUREMENT);

  it.each([
    ['ours', 'over bare', '50.0'],
    ['ours', 'own', '30.0'],
    ['ours', '/ by hand', '1.25'],
    ['ours', '/ auto', '0.50'],
    ['ours', 'own / auto', '0.38'],
    ['ours', 'kB over bare', '9.00'],
    ['by hand', 'own', '20.0'],
    ['by hand', '/ by hand', ''],
    ['auto', 'own', '80.0'],
    ['auto', '/ auto', ''],
    ['spans alone', 'over bare', '20.0'],
    ['spans alone', 'own', ''],
    ['bare', 'over bare', ''],
  ])('%s: %s is %j', (variant, head, expected) => {
    expect(cell(report, variant, head)).toBe(expected);
  });

  it('says in what, and what metrics take beyond the records', () => {
    expect(report).toContain('sampled, SDK 2, unary, 32 in flight, Node 20.20.2');
    expect(report).toContain('metrics beyond records alone: 2.0 (2.0 to 2.0) µs/call');
  });

  it('has no column for what was not measured', () => {
    expect(measurementReport(measurementOf({ bare: steady(0), ours: steady(50) }))).not.toContain('/ by hand');
  });
});

it('one side is compared with the same side by hand, and not with auto', () => {
  const report = measurementReport(
    measurementOf({
      bare: steady(0),
      'by hand, client only': steady(20),
      'by hand, server only': steady(10),
      'ours, client only': steady(24),
      auto: steady(100),
    }),
  );
  expect(cell(report, 'ours, client only', '/ by hand')).toBe('1.20');
  expect(report).not.toContain('/ auto');
});

it('streams are told per message', () => {
  const report = measurementReport(
    measurementOf({ bare: steady(0), ours: steady(50) }, { load: 'server stream of 100' }),
  );
  expect(cell(report, 'ours', 'ns/message')).toBe('500');
});

it('another build is told beside this one', () => {
  const { samples, ...rest } = measurementOf({ bare: steady(0), ours: steady(50) });
  const before = { name: 'ours (before)', variant: 'ours' as VariantName, cpu: steady(257).micros, bytes: [] };
  const cpu = before.cpu.map((micros, round) => micros + (round % 2) * 1000);
  const report = measurementReport({ ...rest, samples: [...samples, { ...before, cpu }] });
  expect(report).toContain('ours over ours (before): -7.0 (-7.0 to -7.0) µs/call');
});

it('the table of the bounds has figure, limit and verdict', () => {
  const line = checkTable(checks([MEASUREMENT]))
    .split('\n')
    .find((row) => row.includes('ours / auto'));
  expect(line?.split('|').map((text) => text.trim())).toEqual([
    '',
    'sampled: ours / auto',
    '20.20.2',
    '2',
    '0.50 (0.50 to 0.50)',
    '≤ 0.50',
    'pass',
    '',
  ]);
});

it('an infinite share is shown as one', () => {
  expect(shown({ value: 1.5, low: 0.5, high: Number.POSITIVE_INFINITY }, 1)).toBe('1.5 (0.5 to ∞)');
});

it('nothing has no sign', () => {
  expect(shown({ value: -0.04, low: -0.06, high: 0.04 }, 1)).toBe('0.0 (-0.1 to 0.0)');
});

describe('the progress', () => {
  it.each([
    [0, 10, 5, '0/10'],
    [5, 10, 50, '5/10, 50 s left'],
    [1, 100, 6, '1/100, 10 min left'],
  ])('after %d of %d in %d s', (done, total, seconds, expected) => {
    expect(progressText(done, total, seconds)).toBe(expected);
  });
});
