import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MARKS } from '../../e2e/field/field-table.js';
import { betweenMarks } from '../../tools/between-marks.js';
import { ROOT } from '../../tools/places.js';
import { blocksOf, regionsBelow, regionsOf, type Region } from '../helpers/regions.js';

const PAGE = readFileSync(join(ROOT, 'docs/integrations.md'), 'utf8');

const sorted = (regions: readonly Region[]): readonly string[] =>
  regions.map(({ title, code }) => `${title}\n${code}`).toSorted();

it('every program that the page shows is run by npm run field, to the letter, and it shows every one', () => {
  const blocks = sorted(blocksOf(PAGE));
  expect(blocks.length).toBeGreaterThan(0);
  expect(blocks).toEqual(sorted(regionsBelow('e2e/field/programs')));
});

it('no other program is on the page', () => {
  const fences = PAGE.match(/^ *```(?!text$|json$).+$/gm) ?? [];
  expect(fences).toHaveLength(blocksOf(PAGE).length);
});

it('the page has a place for the table', () => {
  expect(betweenMarks(PAGE, MARKS, 'the table')).toContain(`${MARKS.start}\n\nthe table\n\n${MARKS.end}`);
});

describe('a region', () => {
  const program = ['f();', '{', '  // #region integrations: A', '  g(', '    1);', '', '  // #endregion', '}'];

  it('is what stands between its marks, without their indentation', () => {
    expect(regionsOf(program.join('\n'))).toEqual([{ title: 'A', code: 'g(\n  1);\n\n' }]);
  });

  it('is the block below its heading', () => {
    const page = '# A\n\n```text\n# B\n```\n\n```ts\ng(\n  1);\n\n```\n';
    expect(blocksOf(page)).toEqual(regionsOf(program.join('\n')));
  });

  it.each([
    ['not closed', program.slice(0, 6)],
    ['not closed before', program.toSpliced(4, 0, '// #region integrations: B')],
    ['without a region', program.slice(4)],
  ])('that is %s is refused', (message, lines) => {
    expect(() => regionsOf(lines.join('\n'))).toThrow(message);
  });
});
