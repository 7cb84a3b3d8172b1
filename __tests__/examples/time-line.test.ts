import { bar, scaleOf, timeText, type Stretch } from '../../examples/demo/time-line.js';

test.each<[name: string, stretches: Stretch[], scale: { start: number; total: number }]>([
  ['nothing', [], { start: 0, total: 0 }],
  ['one', [{ start: 5, duration: 10 }], { start: 5, total: 10 }],
  ['one without length', [{ start: 5, duration: 0 }], { start: 5, total: 0 }],
  ['only an open one', [{ start: 5 }], { start: 5, total: 0 }],
  [
    'a child that starts before and ends after',
    [
      { start: 5, duration: 10 },
      { start: 3, duration: 20 },
    ],
    { start: 3, total: 20 },
  ],
  ['an open one that starts after all ends', [{ start: 0, duration: 10 }, { start: 30 }], { start: 0, total: 30 }],
  ['a clock that was set back', [{ start: 5, duration: -100 }], { start: 5, total: 0 }],
])('the scale of %s', (_name, stretches, scale) => {
  expect(scaleOf(stretches)).toEqual(scale);
});

test.each<[name: string, stretch: Stretch, drawn: string]>([
  ['the whole', { start: 100, duration: 80 }, '████████'],
  ['the first half', { start: 100, duration: 40 }, '████    '],
  ['the second half', { start: 140, duration: 40 }, '    ████'],
  ['parts of cells', { start: 115, duration: 10 }, ' ██     '],
  ['a moment', { start: 120, duration: 0 }, '  █     '],
  ['a moment at the end', { start: 180, duration: 0 }, '       █'],
  ['an open one', { start: 140 }, '    ░░░░'],
  ['an open one at the end', { start: 180 }, '       ░'],
  ['a clock that was set back', { start: 140, duration: -40 }, '    █   '],
])('the bar of %s', (_name, stretch, drawn) => {
  expect(bar(stretch, { start: 100, total: 80 }, 8)).toBe(drawn);
});

test('bars on a line without length stand at its beginning', () => {
  const scale = { start: 7, total: 0 };

  expect(bar({ start: 7, duration: 0 }, scale, 4)).toBe('█   ');
  expect(bar({ start: 7 }, scale, 4)).toBe('░░░░');
});

test.each([
  [undefined, 'open'],
  [0, '0.0 ms'],
  [0.04, '0.0 ms'],
  [12.34, '12.3 ms'],
  [999.94, '999.9 ms'],
  [999.95, '1.0 s'],
  [61_000, '61.0 s'],
  [3_600_000, '3600 s'],
])('%p ms as text', (millis, text) => {
  expect(timeText(millis)).toBe(text);
});
