import { estimate, median, quantile, shuffled } from '../../bench/statistics.js';

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

  it('between infinite values is infinite', () => {
    expect(quantile([Infinity, Infinity], 0.5)).toBe(Infinity);
  });

  it('leaves the values in their order', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('estimate', () => {
  const values = [12, 9, 15, 11, 10, 30, 8, 13, 10, 12, 11, 14, 9, 11, 12];

  it('has the figure of all rounds within an interval that is narrower than the rounds', () => {
    const { value, low, high } = estimate(values, median) ?? { value: 0, low: 0, high: 0 };
    expect(value).toBe(11);
    expect(low).toBeGreaterThanOrEqual(9);
    expect(low).toBeLessThan(11);
    expect(high).toBeGreaterThan(11);
    expect(high).toBeLessThanOrEqual(13);
  });

  it('is narrower with more rounds', () => {
    const width = ({ low, high } = { low: 0, high: 0 }): number => high - low;
    const often = Array.from({ length: 20 }, () => values).flat();
    expect(width(estimate(often, median))).toBeLessThan(width(estimate(values, median)));
  });

  it('is the same for the same rounds', () => {
    expect(estimate(values, median)).toEqual(estimate([...values], median));
  });

  it('is undefined for no rounds', () => {
    expect(estimate([], median)).toBeUndefined();
  });
});

it('shuffled keeps every item', () => {
  const items = [1, 2, 3, 4, 5];
  expect(shuffled(items).toSorted()).toEqual(items);
});
