import type { BenchDocument, Measurement } from '../../bench/document.js';
import { overhead } from '../../bench/plot/readme.js';
import { svg } from '../../bench/plot/svg.js';
import { between, measurementOf, steady } from './measurement-of.js';

const ADDED = { bare: steady(0), 'by hand': steady(40), ours: between(30, 50), auto: steady(-3) };

function documentOf(...measurements: readonly Measurement[]): BenchDocument {
  return { date: '2026-01-31', cpu: 'A <CPU>', cores: 2, pinned: true, measurements };
}

const DOCUMENT = documentOf(
  measurementOf(ADDED, { node: '24.1.0', sdk: 3 }),
  measurementOf(ADDED, { node: '24.1.0' }),
  measurementOf(ADDED, { sampling: 'unsampled' }),
  measurementOf(ADDED),
  measurementOf(ADDED, { load: 'bidi of 100' }),
);

const TABLE = overhead(DOCUMENT);

it('the table has medians and intervals of unary calls, by Node, SDK and sampling', () => {
  const rows = TABLE.split('\n').filter((line) => line.startsWith('| Node'));
  const cells = rows.map((row) =>
    row
      .split('|')
      .map((text) => text.trim())
      .slice(1, -1),
  );
  const figures = ['', '40 (40 to 40)', '30 (30 to 50)', '-3 (-3 to -3)'];
  expect(cells).toEqual([
    ['Node 20.20.2, SDK 2, sampled', ...figures],
    ['Node 20.20.2, SDK 2, unsampled', ...figures],
    ['Node 24.1.0, SDK 2, sampled', ...figures],
    ['Node 24.1.0, SDK 3, sampled', ...figures],
  ]);
});

it('the table says when, where and how often', () => {
  expect(TABLE).toMatch(
    /Medians of 15 rounds with their 95 % intervals; 2026-01-31, A <CPU>, 2 cores, each process pinned to one\.$/,
  );
});

describe('the picture', () => {
  const picture = svg(DOCUMENT);

  it('has a bar with a whisker for each variant that was measured', () => {
    expect(picture.match(/<rect class="bar\d" x="150"/g)).toHaveLength(12 + 1);
    expect(picture.match(/<path class="whisker"/g)).toHaveLength(12);
  });

  it('has a whisker as wide as the interval', () => {
    // 50 µs are the whole width of 550.
    expect(picture).toMatch(/<path class="whisker" d="M480 [\d.]+H700M480/);
  });

  it('draws nothing for less than nothing, but tells it', () => {
    expect(picture).toMatch(/class="bar3" x="150" y="[\d.]+" width="0"/);
    expect(picture).toContain('>-3</text>');
  });

  it('has a head for each Node and SDK', () => {
    expect(picture.match(/>Node [^<]*/g)).toEqual([
      '>Node 20.20.2, SDK 2',
      '>Node 24.1.0, SDK 2',
      '>Node 24.1.0, SDK 3',
    ]);
  });
});
