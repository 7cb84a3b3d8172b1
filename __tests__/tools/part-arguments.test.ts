import { partArguments } from '../../tools/part-arguments.js';

const KNOWN = ['kratos', 'java', 'relay'];

it.each([[[]], [['java']], [['relay', 'kratos']]])('%j names parts', (argv) => {
  expect(partArguments(argv, KNOWN)).toEqual(argv);
});

it('what is no part is refused, with the parts that there are', () => {
  expect(() => partArguments(['java', 'ruby', 'rust'], KNOWN)).toThrow(
    new TypeError('no part ruby, rust; there are kratos, java, relay'),
  );
});

it.each(['--write', '-j', '--java'])('the option %s is refused', (option) => {
  expect(() => partArguments([option], KNOWN)).toThrow('Unknown option');
});
