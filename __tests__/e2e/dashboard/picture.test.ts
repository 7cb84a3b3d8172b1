import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDashboard, type Panel, type Unit } from '../../../e2e/dashboard/dashboard.js';
import { picture } from '../../../e2e/dashboard/picture.js';
import { ROOT } from '../../../tools/places.js';

const panelOf = (title: string, unit: Unit, x: number): Panel => ({
  title,
  gridPos: { x, y: 0, w: 12, h: 5 },
  fieldConfig: { defaults: { unit } },
  targets: [{ expr: '', legendFormat: '{{name}}' }],
});

/** From the second 1000 on, one each second. */
const line = (name: string, ...values: readonly number[]) => ({
  name,
  points: values.map((value, index) => ({ seconds: 1000 + index, value })).filter(({ value }) => !Number.isNaN(value)),
});

const drawn = picture([
  { panel: panelOf('left', 's', 0), lines: [line('a', 0, 0.5, NaN, 1), line('<b>', 0.25, 0.25, 0.25, 0.25)] },
  { panel: panelOf('right', 'percentunit', 12), lines: [line('a', 0, 0, 0, 0.3)] },
]).split('\n');

const pathsOf = (style: string): readonly string[] =>
  drawn.filter((each) => each.startsWith(`<path class="${style}"`)).map((each) => /d="(.*)"/.exec(each)?.[1] ?? '');

it('a line is connected where its points are, and has its colour in all panels', () => {
  // Between the axes 410 pixels of width and 50 of height.
  expect(pathsOf('colour1 line')).toEqual(['M52 120h0L188.7 95M462 70h0', 'M532 120h0L668.7 120L805.3 120L942 70']);
  expect(pathsOf('colour0 line')).toEqual(['M52 107.5h0L188.7 107.5L325.3 107.5L462 107.5']);
});

it('values are told in the unit of the panel', () => {
  const quiet = drawn.filter((each) => each.includes('class="quiet"')).map((each) => />(.*)</.exec(each)?.[1]);
  expect(quiet).toEqual(['0 s', '500 ms', '1 s', '0 s', '0 %', '10 %', '20 %', '30 %', '0 s']);
});

it('names and titles are escaped, and told once each', () => {
  const texts = drawn.filter((each) => each.startsWith('<text') && !each.includes('quiet'));
  expect(texts.map((each) => />(.*)</.exec(each)?.[1])).toEqual(['&lt;b&gt;', 'a', 'left', 'right']);
});

it('the picture in the README is of the dashboard', async () => {
  const { panels } = await readDashboard();
  const shown = readFileSync(join(ROOT, 'docs/dashboard.svg'), 'utf8');
  const titles = [...shown.matchAll(/class="title" [^>]*>(.*)</g)].map(([, title]) => title);
  expect(titles).toEqual(panels.map(({ title }) => title));
  expect(readFileSync(join(ROOT, 'examples/dashboard/README.md'), 'utf8')).toContain('](../../docs/dashboard.svg)');
});
