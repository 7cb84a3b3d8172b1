import { benchArguments, type BenchArguments } from '../../bench/arguments.js';
import { SAMPLINGS } from '../../bench/sampling.js';
import { VARIANT_NAMES } from '../../bench/variant-names.js';

function parsed(...args: readonly string[]): BenchArguments {
  const given = benchArguments(args);
  if (given === undefined) throw new Error('help');
  return given;
}

it('measures unary calls of all variants in all samplings by default', () => {
  const given = parsed();
  expect(given).toMatchObject({
    loads: ['unary'],
    inFlights: [],
    samplings: SAMPLINGS,
    nodes: [],
    sdks: [2],
    lib: undefined,
    rounds: 15,
    check: false,
    json: undefined,
  });
  expect(given.variants('sampled')).toEqual(VARIANT_NAMES);
  expect(given.calls('unary')).toBe(2000);
});

it('a slice of streams has as many messages, whatever a stream has', () => {
  const { calls } = parsed();
  expect(calls('server stream of 100')).toBe(300);
  expect(calls('bidi of 100')).toBe(150);
  expect(calls('server stream of 100000')).toBe(1);
  expect(calls('server stream of 1')).toBe(2000);
});

it('takes what is given', () => {
  const args = ['--load', 'bidi of 3', '--load', 'unary', '--in-flight', '2', '--sampling', 'no SDK', '--calls', '9'];
  const given = parsed(...args, '--node', '20,24', '--sdk', '2', '--sdk', '3', '--lib', 'x', '--rounds', '3');
  expect(given).toMatchObject({
    loads: ['bidi of 3', 'unary'],
    inFlights: [2],
    samplings: ['no SDK'],
    nodes: [20, 24],
    sdks: [2, 3],
    lib: 'x',
    rounds: 3,
  });
  expect([given.calls('unary'), given.calls('bidi of 3')]).toEqual([9, 9]);
});

it('measures the variants that are given, and bare', () => {
  expect(parsed('--variant', 'auto', '--variant', 'ours').variants('sampled')).toEqual(['bare', 'ours', 'auto']);
  expect(parsed('--check', '--variant', 'bare').variants('sampled')).toEqual(['bare']);
});

it('--check measures what has a bound, and the floors', () => {
  const { variants } = parsed('--check');
  expect(variants('sampled')).toContain('ours + metrics');
  expect(variants('sampled')).toContain('header alone');
  expect(variants('sampled')).not.toContain('bare again');
  expect(variants('no SDK')).toEqual(['bare', 'by hand', 'ours', 'auto']);
});

it('--short is as warm, with fewer variants and rounds', () => {
  const { rounds, calls, samplings, variants } = parsed('--short', '--check');
  expect([rounds, calls('unary'), samplings]).toEqual([3, 2000, ['sampled', 'unsampled']]);
  expect(variants('sampled')).toEqual(['bare', 'by hand', 'ours', 'auto']);
  expect(parsed('--short', '--rounds', '7', '--sampling', 'no SDK')).toMatchObject({
    rounds: 7,
    samplings: ['no SDK'],
  });
});

it.each([
  [['--load', 'unary of 3']],
  [['--load', 'bidi of 0']],
  [['--sampling', 'some']],
  [['--variant', 'some']],
  [['--node', 'twenty']],
  [['--sdk', '4']],
  [['--rounds', '1.5']],
  [['--calls', '0']],
  [['--unknown']],
])('refuses %j', (args) => {
  expect(() => benchArguments(args)).toThrow(args[1] ?? args[0]);
});

it('is nothing where help is wanted', () => {
  expect(benchArguments(['--help'])).toBeUndefined();
});
