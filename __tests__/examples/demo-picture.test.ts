import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paint } from '../../examples/demo/colour.js';
import { terminalPicture } from '../../scripts/demo-picture/terminal-picture.js';
import { ROOT } from '../../tools/places.js';
import { TREE, treeOf } from '../helpers/demo-tree.js';
import { README } from '../helpers/readme.js';

function drawing(lines: readonly string[]): readonly string[] {
  return terminalPicture(lines, 'title')
    .split('\n')
    .filter((line) => /^<(text|rect|path) class/.test(line));
}

test('a text stands in its column, in its colour, as wide as its cells', () => {
  expect(drawing([`one two  ${paint('three', 'red')}`])).toEqual([
    '<text class="plain" x="16" y="31" textLength="58.8" lengthAdjust="spacingAndGlyphs">one two</text>',
    '<text class="red" x="91.6" y="31" textLength="42" lengthAdjust="spacingAndGlyphs">three</text>',
  ]);
});

test('bars and branches are drawn', () => {
  expect(drawing(['└├│ ██ ░'])).toEqual([
    '<rect class="plain" x="49.6" y="20" width="16.8" height="12"/>',
    '<rect class="plain" x="74.8" y="20" width="8.4" height="12" opacity="0.4"/>',
    '<path class="plain" d="M20.2 16v10M20.2 26h8.4"/>',
    '<path class="plain" d="M28.6 16v20M28.6 26h8.4"/>',
    '<path class="plain" d="M37 16v20"/>',
  ]);
});

test('what XML takes for its own is escaped', () => {
  const picture = terminalPicture(['<a> & b'], '<b>');
  expect(picture).toContain('>&lt;a&gt; &amp; b</text>');
  expect(picture).toContain('<title>&lt;b&gt;</title>');
});

test('the picture in the README is of the tree that the demo prints', () => {
  const path = 'docs/demo.svg';
  const picture = readFileSync(join(ROOT, path), 'utf8');
  const [, printed = ''] = /<desc>(.*)<\/desc>/s.exec(picture) ?? [];
  expect(treeOf(printed.split('\n'))).toEqual(TREE);
  // No escape code is left over, and the file is as the script writes it.
  expect(picture).not.toMatch(/[^\P{C}\n]/u);
  expect(README.split('\n').slice(0, 30).join('\n')).toContain(`](${path})`);
});
