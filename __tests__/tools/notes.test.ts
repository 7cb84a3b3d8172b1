import { Notes } from '../../tools/notes.js';

it('a note has one sign, wherever it is told', () => {
  const notes = new Notes([undefined, 'Mind the gap.', 'Mind the step.', 'Mind the gap.']);
  expect(notes.signOf('Mind the gap.')).toBe(' ¹');
  expect(notes.signOf('Mind the step.')).toBe(' ²');
  expect(notes.signOf(undefined)).toBe('');
  expect(notes.lines).toEqual(['¹ Mind the gap.', '² Mind the step.']);
});

it('the sign of a note is its place among them', () => {
  const texts = Array.from('abcdefghijk');
  const notes = new Notes(texts);
  expect(texts.map((text) => notes.signOf(text))).toEqual(
    ['¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '¹⁰', '¹¹'].map((sign) => ` ${sign}`),
  );
});
