import { remembered } from '../../lib/rpc/remembered.js';

/** A function that makes one object for each text, and how often it was asked. */
function counted(): { readonly of: (text: string) => object; readonly asked: () => number } {
  const compute = jest.fn((text: string) => ({ text }));
  return { of: remembered(compute), asked: () => compute.mock.calls.length };
}

const texts = (count: number): string[] => Array.from({ length: count }, (_, n) => `text ${n}`);

it('is computed once for each text', () => {
  const { of, asked } = counted();
  expect(of('a')).toEqual({ text: 'a' });
  expect(of('a')).toBe(of('a'));
  expect(of('b')).toEqual({ text: 'b' });
  expect(asked()).toBe(2);
});

it.each([
  [256, 1],
  [257, 2],
])('a text of %i characters, asked twice, is computed %i times', (length, times) => {
  const { of, asked } = counted();
  for (let n = 0; n < 2; n++) expect(of('x'.repeat(length))).toEqual({ text: 'x'.repeat(length) });
  expect(asked()).toBe(times);
});

it('256 texts are kept, and forgotten together when there is one more', () => {
  const { of, asked } = counted();
  for (let n = 0; n < 2; n++) texts(256).forEach(of);
  expect(asked()).toBe(256);
  of('one more');
  of('text 0');
  of('one more');
  expect(asked()).toBe(258);
});

it('a text that is too long makes nothing forgotten', () => {
  const { of, asked } = counted();
  texts(256).forEach(of);
  of('x'.repeat(257));
  texts(256).forEach(of);
  expect(asked()).toBe(257);
});
