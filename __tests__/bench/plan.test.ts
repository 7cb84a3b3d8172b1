import { benchArguments } from '../../bench/arguments.js';
import { nameOf } from '../../bench/contestant.js';
import { comparisons, jobs, type Comparison } from '../../bench/plan.js';

function planned(args: readonly string[], versions: readonly string[] = ['24.1.0']): readonly Comparison[] {
  const given = benchArguments(args);
  if (given === undefined) throw new Error('help');
  return comparisons(given, versions);
}

function namesOf({ contestants }: Comparison): readonly string[] {
  return contestants.map(nameOf);
}

it('compares in every combination', () => {
  const args = ['--load', 'unary', '--load', 'bidi of 3', '--in-flight', '1', '--in-flight', '2', '--sdk', '3'];
  const settings = planned([...args, '--sampling', 'sampled'], ['22.15.0', '24.1.0']).map(({ setting }) => setting);
  expect(settings.map(({ node, sdk, load, inFlight }) => [node, sdk, load, inFlight].join(', '))).toEqual([
    '22.15.0, 3, unary, 1',
    '22.15.0, 3, unary, 2',
    '22.15.0, 3, bidi of 3, 1',
    '22.15.0, 3, bidi of 3, 2',
    '24.1.0, 3, unary, 1',
    '24.1.0, 3, unary, 2',
    '24.1.0, 3, bidi of 3, 1',
    '24.1.0, 3, bidi of 3, 2',
  ]);
});

it('long streams are one at a time, others 32', () => {
  const args = ['unary', 'server stream of 999', 'bidi of 1000'].flatMap((load) => ['--load', load]);
  const settings = planned([...args, '--sampling', 'sampled']).map(({ setting }) => setting);
  expect(settings.map(({ inFlight }) => inFlight)).toEqual([32, 32, 1]);
});

it('SDK 3 is measured where it runs', () => {
  const settings = planned(['--sdk', '2', '--sdk', '3', '--sampling', 'sampled'], ['20.20.2', '22.14.0', '22.15.0']);
  expect(settings.map(({ setting: { node, sdk } }) => `${node}, ${sdk}`)).toEqual([
    '20.20.2, 2',
    '22.14.0, 2',
    '22.15.0, 2',
    '22.15.0, 3',
  ]);
  expect(() => planned(['--sdk', '3'], ['20.20.2'])).toThrow('20.20.2');
});

it('without an SDK, what only it does is not measured', () => {
  const [comparison] = planned(['--sampling', 'no SDK']);
  expect(comparison && namesOf(comparison)).toEqual([
    'bare',
    'bare again',
    'empty interceptors',
    'header alone',
    'by hand',
    'by hand, client only',
    'by hand, server only',
    'ours',
    'ours, client only',
    'ours, server only',
    'auto',
  ]);
});

it('another build stands beside each variant of this package', () => {
  const [comparison] = planned(['--variant', 'by hand', '--variant', 'ours', '--lib', '../before']);
  expect(comparison && namesOf(comparison)).toEqual(['bare', 'by hand', 'ours', 'ours (../before)']);
});

describe('the processes of a round', () => {
  const all = planned(['--variant', 'ours', '--sampling', 'sampled', '--sampling', 'no SDK']);
  const told = (round: number): readonly string[] =>
    jobs(all, round)
      .map(({ comparison, contestant, kind }) => `${comparison.setting.sampling}, ${nameOf(contestant)}, ${kind}`)
      .toSorted();

  it('are one of each variant in each setting, and in every fifth round one more for bytes', () => {
    const cpu = ['no SDK, bare, cpu', 'no SDK, ours, cpu', 'sampled, bare, cpu', 'sampled, ours, cpu'];
    expect(told(1)).toEqual(cpu);
    expect(told(4)).toEqual(cpu);
    expect(told(5)).toEqual([...cpu, ...cpu.map((name) => name.replace('cpu', 'bytes'))].toSorted());
  });

  it('are in another order each round', () => {
    const orders = Array.from({ length: 20 }, () =>
      jobs(all, 1)
        .map(({ contestant }) => nameOf(contestant))
        .join(),
    );
    expect(new Set(orders).size).toBeGreaterThan(1);
  });
});
