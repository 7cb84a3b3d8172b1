import { median, quantile, rangeOf, shuffled } from '../../bench/statistics.js';

describe('quantile', () => {
  it.each([
    [[4, 1, 3, 2], 0, 1],
    [[4, 1, 3, 2], 1, 4],
    [[4, 1, 3, 2], 0.5, 2.5],
    [[1, 2, 3, 4, 5], 0.25, 2],
    [[7], 0.99, 7],
    [[10, 20], 0.99, 19.9],
  ])('of %j at %d is %d', (values, q, expected) => {
    expect(quantile(values, q)).toBeCloseTo(expected);
  });

  it('of nothing is not a number', () => {
    expect(quantile([], 0.5)).toBeNaN();
  });

  it('leaves the values in their order', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('rangeOf', () => {
  it('has the median and both ends', () => {
    expect(rangeOf([3, 1, 8])).toEqual({ median: 3, low: 1, high: 8 });
  });

  it('is undefined for nothing', () => {
    expect(rangeOf([])).toBeUndefined();
  });
});

it('shuffled keeps every item', () => {
  const items = [1, 2, 3, 4, 5];
  expect(shuffled(items).toSorted()).toEqual(items);
});
