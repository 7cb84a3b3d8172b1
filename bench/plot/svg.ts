import { figure } from '../../tools/figure.js';
import { px, textAt } from '../../tools/svg.js';
import type { BenchDocument } from '../document.js';
import { rounded } from '../report.js';
import { barGroups, headOf, PLOTTED, type Bar, type BarGroup } from './bars.js';
import { placeText, spreadText } from './readme.js';

const WIDTH = 760;
const LEFT = 150;
const RIGHT = 60;
const TOP = 106;
const BAR = 13;
/** Half the height of its ends. */
const WHISKER = 3;
const GAP = 14;
const HEAD = 10;
const HEAD_GAP = 18;

/** Of the legend: the variants' names differ in length. */
const CHARACTER = 7;

const COLOURS = {
  bar0: { light: '#c8cfd6', dark: '#484f58' },
  bar1: { light: '#8c959f', dark: '#8c959f' },
  bar2: { light: '#1a7f37', dark: '#3fb950' },
  bar3: { light: '#0969da', dark: '#4493f8' },
  whisker: { light: '#24292f', dark: '#e6edf3' },
};

/** Bars: what each variant adds to a unary call, by Node and sampling, with whiskers from end to end of the interval. */
export function svg(document: BenchDocument): string {
  const groups = barGroups(document.measurements);
  const largest = Math.max(1, ...groups.flatMap(({ bars }) => bars.map(({ micros }) => micros.high)));
  const scale = (WIDTH - LEFT - RIGHT) / largest;
  const parts: string[] = [];
  let y = TOP;
  let head: string | undefined;
  for (const group of groups) {
    if (headOf(group) !== head) {
      if (head !== undefined) y += HEAD_GAP;
      head = headOf(group);
      parts.push(textAt(0, y, head, 'title'));
      y += HEAD;
    }
    parts.push(...drawn(group, y, scale));
    y += group.bars.length * BAR + GAP;
  }
  const title = 'CPU that tracing adds to a unary call';
  return figure({ title, width: WIDTH, height: y - GAP + 6, colours: COLOURS }, [
    textAt(0, 14, `${title}, µs, client and server together`, 'title'),
    textAt(0, 34, `${spreadText(document)}, 32 calls in flight. Not comparable: Nodes, SDKs, machines.`, 'quiet'),
    textAt(0, 52, placeText(document), 'quiet'),
    ...legend(),
    ...parts,
  ]);
}

function drawn({ sampling, bars }: BarGroup, y: number, scale: number): string[] {
  const middle = y + (bars.length * BAR) / 2 + 4;
  return [
    textAt(LEFT - 10, middle, sampling, 'quiet', 'end'),
    `<line class="axis" x1="${LEFT}" y1="${y - 3}" x2="${LEFT}" y2="${y + bars.length * BAR + 1}"/>`,
    ...bars.flatMap((bar, index) => drawnBar(bar, y + index * BAR, scale)),
  ];
}

/** Noise may make it negative; then there is nothing to draw, but the figure is told. */
function drawnBar({ variant, micros }: Bar, y: number, scale: number): string[] {
  const drawn = (number: number): number => Math.max(0, number * scale);
  const [value, low, high] = [drawn(micros.value), drawn(micros.low), drawn(micros.high)];
  const colour = `bar${PLOTTED.indexOf(variant)}`;
  return [
    `<rect class="${colour}" x="${LEFT}" y="${y}" width="${px(value)}" height="${BAR - 2}"/>`,
    whisker(LEFT + low, LEFT + high, y + (BAR - 2) / 2),
    textAt(LEFT + Math.max(value, high) + 5, y + BAR - 3, rounded(micros.value, 0)),
  ];
}

function whisker(from: number, to: number, y: number): string {
  const end = (x: number): string => `M${px(x)} ${px(y - WHISKER)}V${px(y + WHISKER)}`;
  return `<path class="whisker" d="M${px(from)} ${px(y)}H${px(to)}${end(from)}${end(to)}"/>`;
}

function legend(): string[] {
  let x = LEFT;
  return PLOTTED.flatMap((variant, index) => {
    const at = x;
    x += variant.length * CHARACTER + 45;
    return [`<rect class="bar${index}" x="${at}" y="65" width="11" height="11"/>`, textAt(at + 16, 75, variant)];
  });
}
