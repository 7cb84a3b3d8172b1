import { figure } from '../../tools/figure.js';
import { textAt } from '../../tools/svg.js';
import type { BenchDocument } from '../document.js';
import { barGroups, PLOTTED, type Bar, type BarGroup } from './bars.js';

const WIDTH = 760;
const LEFT = 150;
const RIGHT = 60;
const TOP = 74;
const BAR = 13;
const GAP = 14;
const NODE_GAP = 22;

/** Of the legend: the variants' names differ in length. */
const CHARACTER = 7;

const COLOURS = {
  bar0: { light: '#c8cfd6', dark: '#484f58' },
  bar1: { light: '#8c959f', dark: '#8c959f' },
  bar2: { light: '#1a7f37', dark: '#3fb950' },
  bar3: { light: '#0969da', dark: '#4493f8' },
};

/** Bars: what each variant adds to a unary call, by Node and sampling. */
export function svg(document: BenchDocument): string {
  const groups = barGroups(document.results);
  const largest = Math.max(1, ...groups.flatMap(({ bars }) => bars.map(({ micros }) => micros)));
  const scale = (WIDTH - LEFT - RIGHT) / largest;
  const parts: string[] = [];
  let y = TOP;
  let node: string | undefined;
  for (const group of groups) {
    if (group.node !== node) {
      if (node !== undefined) y += NODE_GAP;
      node = group.node;
      parts.push(textAt(0, y + 10, `Node ${node}`, 'title'));
    }
    parts.push(...drawn(group, y, scale));
    y += group.bars.length * BAR + GAP;
  }
  const title = 'CPU that tracing adds to a unary call';
  return figure({ title, width: WIDTH, height: y - GAP + 6, colours: COLOURS }, [
    textAt(0, 14, `${title}, µs, client and server together`, 'title'),
    textAt(0, 34, `32 calls in flight; ${document.cpu}, ${document.date}`, 'quiet'),
    ...legend(),
    `<line class="axis" x1="${LEFT}" y1="${TOP - 6}" x2="${LEFT}" y2="${y - GAP + 6}"/>`,
    ...parts,
  ]);
}

function drawn({ sampling, bars }: BarGroup, y: number, scale: number): string[] {
  const middle = y + (bars.length * BAR) / 2 + 4;
  return [
    textAt(LEFT - 10, middle, sampling, 'quiet', 'end'),
    ...bars.flatMap((bar, index) => drawnBar(bar, y + index * BAR, scale)),
  ];
}

/** Noise may make it negative; then there is nothing to draw, but the figure is told. */
function drawnBar({ variant, micros }: Bar, y: number, scale: number): string[] {
  const width = Math.max(0, micros * scale);
  const colour = `bar${PLOTTED.indexOf(variant)}`;
  return [
    `<rect class="${colour}" x="${LEFT}" y="${y}" width="${width.toFixed(1)}" height="${BAR - 2}"/>`,
    textAt(LEFT + width + 5, y + BAR - 3, micros.toFixed(0)),
  ];
}

function legend(): string[] {
  let x = LEFT;
  return PLOTTED.flatMap((variant, index) => {
    const at = x;
    x += variant.length * CHARACTER + 45;
    return [`<rect class="bar${index}" x="${at}" y="45" width="11" height="11"/>`, textAt(at + 16, 55, variant)];
  });
}
