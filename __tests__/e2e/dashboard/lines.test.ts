import type { Panel, Unit } from '../../../e2e/dashboard/dashboard.js';
import { linesOf } from '../../../e2e/dashboard/lines.js';
import type { Labels, Series } from '../../../e2e/dashboard/prometheus-api.js';

const RANGE = { start: 1, end: 3, step: 1 };
const CHOICES = new Map([['job', { values: ['shop'] }]]);

const panelOf = (unit: Unit, ...legends: readonly string[]): Panel => ({
  title: 'panel',
  gridPos: { x: 0, y: 0, w: 12, h: 7 },
  fieldConfig: { defaults: { unit } },
  targets: legends.map((legendFormat) => ({ expr: `${legendFormat} of {job=~"$job"}`, legendFormat })),
});

const series = (labels: Labels, ...values: readonly number[]): Series => ({
  labels,
  points: values.map((value, index) => ({ seconds: index + 1, value })),
});

/** Answers the one query with these. */
const answering = (...answer: readonly Series[]) => ({ over: () => Promise.resolve(answer) });

it('a line for each series of each query, by its legend, without what is not a number', async () => {
  const asked: string[] = [];
  const api = {
    over: (range: unknown, query: string) => {
      expect(range).toBe(RANGE);
      asked.push(query);
      return Promise.resolve([
        series({ method: 'a', code: 'OK' }, NaN, 1, 2),
        series({ method: 'b', code: 'OK' }, NaN),
      ]);
    },
  };
  expect(await linesOf(panelOf('s', '{{method}}', '{{method}}: {{code}}'), api, RANGE, CHOICES)).toEqual([
    {
      name: 'a',
      points: [
        { seconds: 2, value: 1 },
        { seconds: 3, value: 2 },
      ],
    },
    {
      name: 'a: OK',
      points: [
        { seconds: 2, value: 1 },
        { seconds: 3, value: 2 },
      ],
    },
  ]);
  expect(asked).toEqual(['{{method}} of {job=~"shop"}', '{{method}}: {{code}} of {job=~"shop"}']);
});

it.each([
  ['a query without a series', [], 's', '{{method}} of {job=~"shop"} is empty'],
  ['a query without a number', [series({ method: 'a' }, NaN)], 's', '{{method}} of {job=~"shop"} is empty'],
  ['a legend whose label is not there', [series({ code: 'OK' }, 1)], 's', 'no label method among code'],
  ['what is below 0', [series({ method: 'a' }, 1, -1)], 'short', 'a is -1'],
  ['what is infinite', [series({ method: 'a' }, Infinity)], 's', 'a is Infinity'],
  ['a share above 1', [series({ method: 'a' }, 0.5, 1.5)], 'percentunit', 'a is 1.5'],
] as const)('%s is refused', async (_what, answer, unit, message) => {
  await expect(linesOf(panelOf(unit, '{{method}}'), answering(...answer), RANGE, CHOICES)).rejects.toThrow(message);
});
