import { benchArguments } from '../../bench/arguments.js';
import { VARIANT_NAMES } from '../../bench/variant-names.js';

describe('benchArguments', () => {
  it('measures every kind of call in all three samplings by default', () => {
    const given = benchArguments([]);
    expect(given).toMatchObject({ variants: VARIANT_NAMES, repeat: 1, nodes: [], json: undefined, check: false });
    const kinds = new Set(given?.plans.map(({ load, inFlight }) => `${load}, ${inFlight}`));
    expect([...kinds]).toEqual([
      'unary, 1',
      'unary, 32',
      'unary, 256',
      'server stream of 100, 32',
      'server stream of 10000, 1',
      'bidi of 100, 32',
    ]);
    expect(given?.plans).toHaveLength(18);
  });

  it('--check measures what has a bound', () => {
    const plans = benchArguments(['--check'])?.plans.map(({ load, sampling }) => `${load}, ${sampling}`);
    expect(plans).toEqual(['unary, sampled', 'unary, unsampled', 'unary, no SDK', 'server stream of 10000, sampled']);
  });

  it('combines what is given', () => {
    const args = ['--load', 'bidi of 3', '--load', 'unary', '--in-flight', '2', '--sampling', 'no SDK', '--calls', '9'];
    const plan = { sampling: 'no SDK', inFlight: 2, callsPerRound: 9, rounds: 80 };
    expect(benchArguments(args)?.plans).toEqual([
      { ...plan, load: 'bidi of 3' },
      { ...plan, load: 'unary' },
    ]);
  });

  it('measures the variants that are given, and what they are told over', () => {
    const variants = (...names: string[]): unknown =>
      benchArguments(names.flatMap((name) => ['--variant', name]))?.variants;
    expect(variants('auto', 'ours')).toEqual(['bare', 'bare again', 'ours', 'auto']);
    expect(variants('ours + metrics')).toEqual(['bare', 'bare again', 'ours', 'ours + metrics']);
    expect(variants('bare')).toEqual(['bare', 'bare again']);
    expect(variants('nice-grpc + middleware')).toEqual(['bare', 'bare again', 'nice-grpc', 'nice-grpc + middleware']);
  });

  it('takes several Nodes and runs', () => {
    expect(benchArguments(['--node', '20,24', '--repeat', '5'])).toMatchObject({ nodes: [20, 24], repeat: 5 });
  });

  it.each([
    [['--load', 'unary of 3']],
    [['--load', 'bidi of 0']],
    [['--sampling', 'some']],
    [['--variant', 'some']],
    [['--repeat', '0']],
    [['--node', 'twenty']],
    [['--rounds', '1.5']],
    [['--unknown']],
  ])('refuses %j', (args) => {
    expect(() => benchArguments(args)).toThrow(args[1] ?? args[0]);
  });

  it('is nothing where help is wanted', () => {
    expect(benchArguments(['--help'])).toBeUndefined();
  });
});
