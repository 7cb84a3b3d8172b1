import { ticks } from '../../../e2e/dashboard/ticks.js';

it.each([
  [0, [0, 1]],
  [1, [0, 0.5, 1]],
  [3, [0, 1, 2, 3]],
  [24.6, [0, 10, 20, 30]],
  [290, [0, 100, 200, 300]],
  [0.12, [0, 0.05, 0.1, 0.15]],
  [2.4, [0, 1, 2, 3]],
])('up to %d', (largest, expected) => {
  const found = ticks(largest);
  expect(found.map((tick) => Number(tick.toPrecision(6)))).toEqual(expected);
});
