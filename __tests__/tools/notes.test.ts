import { Notes } from '../../tools/notes.js';

it('a note has one sign, wherever it is told', () => {
  const notes = new Notes([undefined, 'Mind the gap.', 'Mind the step.', 'Mind the gap.']);
  expect(notes.signOf('Mind the gap.')).toBe(' ¹');
  expect(notes.signOf('Mind the step.')).toBe(' ²');
  expect(notes.signOf(undefined)).toBe('');
  expect(notes.lines).toEqual(['¹ Mind the gap.', '² Mind the step.']);
});

it('more notes than signs are refused', () => {
  expect(() => new Notes(Array.from('abcdefghij'))).toThrow(new RangeError('more than 9 notes'));
});
