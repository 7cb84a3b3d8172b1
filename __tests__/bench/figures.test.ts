import { difference, ratio } from '../../bench/figures.js';
import { measurementOf, steady } from './measurement-of.js';

const OURS = { ours: 1, bare: -1 };
const BY_HAND = { 'by hand': 1, bare: -1 };

describe('difference', () => {
  it('is taken within the rounds: what slows a round down is in both', () => {
    const measurement = measurementOf({ bare: steady(0), ours: steady(30) });
    expect(difference(measurement, 'cpu', OURS)).toEqual({ value: 30, low: 30, high: 30 });
  });

  it('has rounds only in which all was measured', () => {
    const measurement = measurementOf({
      bare: { micros: [0, 0, 0], bytes: [0, 0, 0] },
      ours: { micros: [1, 1, 1], bytes: [4000, null, 4000] },
    });
    expect(difference(measurement, 'bytes', OURS)).toEqual({ value: 4000, low: 4000, high: 4000 });
  });

  it('is undefined where a contestant was never measured', () => {
    const measurement = measurementOf({ bare: steady(0), ours: steady(30) });
    expect(difference(measurement, 'cpu', { auto: 1, bare: -1 })).toBeUndefined();
    expect(difference(measurement, 'bytes', OURS)).toBeUndefined();
  });
});

describe('ratio', () => {
  it('is of the medians', () => {
    const measurement = measurementOf({
      bare: { micros: [0, 0, 0] },
      ours: { micros: [10, 30, 50] },
      'by hand': { micros: [20, 20, 20] },
    });
    expect(ratio(measurement, 'cpu', OURS, BY_HAND)).toEqual({ value: 1.5, low: 0.5, high: 2.5 });
  });

  it.each([
    [3, 0],
    [0, 0],
    [3, -5],
  ])('of %d over %d is infinite', (share, whole) => {
    const measurement = measurementOf({ bare: steady(0), ours: steady(share), 'by hand': steady(whole) });
    const infinite = Number.POSITIVE_INFINITY;
    expect(ratio(measurement, 'cpu', OURS, BY_HAND)).toEqual({ value: infinite, low: infinite, high: infinite });
  });
});
