import { summarize } from '../../bench/summary.js';
import { runOf } from './run-of.js';

const ADDED = {
  bare: { micros: 0, bytes: 0 },
  'bare again': { micros: -2, bytes: 0 },
  'by hand': { micros: 40, bytes: 8000 },
  ours: { micros: 30, bytes: 4000 },
  auto: { micros: 120, bytes: 10_000 },
};

describe('summarize', () => {
  it('has the median of the runs’ ratios, not the ratio of their medians', () => {
    const [result] = summarize([
      runOf(ADDED),
      runOf({ ...ADDED, ours: { micros: 60, bytes: 4000 }, auto: { micros: 100, bytes: 10_000 } }),
      runOf({ ...ADDED, ours: { micros: 90, bytes: 4000 }, auto: { micros: 900, bytes: 10_000 } }),
    ]);
    const ours = result?.figures.find(({ name }) => name === 'ours');
    expect(result?.runs).toBe(3);
    expect(ours?.overMicros).toEqual({ median: 60, low: 30, high: 90 });
    expect(ours?.toAuto).toEqual({ median: 0.25, low: 0.1, high: 0.6 });
    expect(ours?.bytesToByHand).toEqual({ median: 0.5, low: 0.5, high: 0.5 });
  });

  it('keeps Nodes, samplings, loads and calls in flight apart', () => {
    const results = summarize([
      runOf(ADDED),
      runOf(ADDED, { node: '24.1.0' }),
      runOf(ADDED, { sampling: 'unsampled' }),
      runOf(ADDED, { load: 'bidi of 100' }),
      runOf(ADDED, { inFlight: 1 }),
    ]);
    expect(results.map(({ runs }) => runs)).toEqual([1, 1, 1, 1, 1]);
  });

  it('has no ratio to what adds nothing, and none for the bare calls', () => {
    const [result] = summarize([runOf({ ...ADDED, auto: { micros: -3, bytes: 0 } })]);
    const byName = new Map(result?.figures.map((summary) => [summary.name, summary]));
    expect(byName.get('ours')?.toAuto).toBeUndefined();
    expect(byName.get('ours')?.toByHand?.median).toBe(0.75);
    expect(byName.get('bare')?.toByHand).toBeUndefined();
    expect(byName.get('bare again')?.toByHand).toBeUndefined();
  });

  it('has no bytes where a collection was in the way of all', () => {
    const [result] = summarize([runOf({ ...ADDED, ours: { micros: 30, bytes: undefined } })]);
    const ours = result?.figures.find(({ name }) => name === 'ours');
    expect(ours?.overBytes).toBeUndefined();
    expect(ours?.bytesToByHand).toBeUndefined();
  });

  it('tells the noise as the larger of distance and spread', () => {
    expect(summarize([runOf(ADDED)])[0]?.noiseMicros).toBe(2);
    expect(summarize([runOf({ ...ADDED, 'bare again': { micros: 0.5, bytes: 0 } })])[0]?.noiseMicros).toBe(1);
  });
});
