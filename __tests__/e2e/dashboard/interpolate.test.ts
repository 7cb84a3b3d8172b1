import { interpolate, type Choices } from '../../../e2e/dashboard/interpolate.js';

const CHOICES: Choices = new Map([
  ['__rate_interval', { pattern: '4s' }],
  ['all', { pattern: '.*' }],
  ['one', { values: ['a.B/C (1)'] }],
  ['two', { values: ['a.B', 'c|d\\e'] }],
]);

it.each([
  ['rate(x[$__rate_interval])', 'rate(x[4s])'],
  ['{a=~"$all", b="${all}"}', '{a=~".*", b=".*"}'],
  // A backslash for the regular expression, which is one of two in a string of PromQL.
  ['{a=~"$one"}', '{a=~"a\\\\.B/C \\\\(1\\\\)"}'],
  ['{a=~"$two"}', '{a=~"(a\\\\.B|c\\\\|d\\\\\\\\e)"}'],
])('%s', (text, expected) => {
  expect(interpolate(text, CHOICES)).toBe(expected);
});

it.each(['$other', '${other}'])('%s, which is no variable, is refused', (variable) => {
  expect(() => interpolate(`{a="${variable}"}`, CHOICES)).toThrow(`no variable ${variable} for {a="${variable}"}`);
});
