import { createNoopMeter } from '@opentelemetry/api';
import { WatchedCounters } from '../../tools/watched-counters.js';

it('keeps of each series what it is, and the least and the most that it has been', () => {
  const counters = new WatchedCounters();
  const counter = counters.provider.getMeter('test').createUpDownCounter('calls');
  for (const change of [1, 1, -1, 1, -1, -1]) counter.add(change, { a: 1, b: 2 });
  counter.add(-1, { b: 2, a: 2 });
  counter.add(1, { a: 2, b: 2 });
  counter.add(3);
  expect(counters.series).toEqual([
    { counter: 'calls', attributes: { a: 1, b: 2 }, now: 0, least: 0, most: 2 },
    { counter: 'calls', attributes: { a: 2, b: 2 }, now: 0, least: -1, most: 0 },
    { counter: 'calls', attributes: {}, now: 3, least: 0, most: 3 },
  ]);
});

it('tells counters of one name for one, whoever asks, and those of another apart', () => {
  const counters = new WatchedCounters();
  counters.provider.getMeter('one').createUpDownCounter('calls').add(1);
  counters.provider.getMeter('other').createUpDownCounter('calls').add(1);
  counters.provider.getMeter('one').createUpDownCounter('others').add(1);
  expect(counters.series).toMatchObject([
    { counter: 'calls', now: 2 },
    { counter: 'others', now: 1 },
  ]);
});

it('is a meter that measures, and nothing else with it', () => {
  const counters = new WatchedCounters();
  const meter = counters.provider.getMeter('test');
  expect(meter).not.toBe(createNoopMeter());
  meter.createHistogram('durations').record(1);
  expect(counters.series).toEqual([]);
});
