import { timeBar } from '../../../examples/demo/html/time-bar.js';

const SCALE = { start: 1000, total: 200 };

test.each([
  ['in the middle', { start: 1050, duration: 100 }, '25.00 50.00'],
  ['too short to be seen', { start: 1050, duration: 0 }, '25.00 0.50'],
  ['at the very end', { start: 1200, duration: 0 }, '99.50 0.50'],
  ['open', { start: 1150 }, '75.00 25.00'],
  ['ended before it began', { start: 1100, duration: -5 }, '50.00 0.50'],
])('%s', (_name, stretch, places) => {
  const [, x, width] = /x="([\d.]+)%" width="([\d.]+)%"/.exec(timeBar(stretch, SCALE, 'a').html) ?? [];

  expect(`${x} ${width}`).toBe(places);
});

test('a trace without a length', () => {
  expect(timeBar({ start: 1000, duration: 0 }, { start: 1000, total: 0 }, 'a').html).toContain(
    'x="0.00%" width="0.50%"',
  );
});

test('what is open looks otherwise', () => {
  expect(timeBar({ start: 1000 }, SCALE, 'a').html).toContain('class="a open"');
});
