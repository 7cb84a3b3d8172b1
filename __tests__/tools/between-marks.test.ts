import { betweenMarks, type Marks } from '../../tools/between-marks.js';

const MARKS: Marks = { start: '<!-- from here -->', end: '<!-- to here -->' };
const { start, end } = MARKS;

it('the content takes the place between its marks, and nothing else', () => {
  expect(betweenMarks(`above\n${start}\nold\n${end}\nbelow`, MARKS, 'new')).toBe(
    `above\n${start}\n\nnew\n\n${end}\nbelow`,
  );
});

it.each(['', start, end, `${end}${start}`])('a text without both marks in their order is refused: %j', (text) => {
  expect(() => betweenMarks(text, MARKS, 'new')).toThrow('no <!-- from here --> … <!-- to here -->');
});
