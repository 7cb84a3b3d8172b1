import type { BenchDocument } from '../document.js';
import { barGroups, PLOTTED, type Bar, type BarGroup } from './bars.js';

const WIDTH = 760;
const LEFT = 150;
const RIGHT = 60;
const TOP = 74;
const BAR = 13;
const GAP = 14;
const NODE_GAP = 22;

const MARGIN = 16;
/** Of the legend: the variants' names differ in length. */
const CHARACTER = 7;

/** On a ground of its own: a page may be dark where the reader's system is light, and the other way round. */
const STYLE = `
  .ground { fill: #ffffff; }
  text { font: 12px system-ui, sans-serif; fill: #24292f; }
  .title { font-size: 14px; font-weight: 600; }
  .quiet { fill: #57606a; }
  .axis { stroke: #8c959f; stroke-width: 1; }
  .bar0 { fill: #c8cfd6; }
  .bar1 { fill: #8c959f; }
  .bar2 { fill: #1a7f37; }
  .bar3 { fill: #0969da; }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117; }
    text { fill: #e6edf3; }
    .quiet { fill: #9198a1; }
    .bar0 { fill: #484f58; }
    .bar2 { fill: #3fb950; }
    .bar3 { fill: #4493f8; }
  }`;

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
      parts.push(text(0, y + 10, `Node ${node}`, 'title'));
    }
    parts.push(...drawn(group, y, scale));
    y += group.bars.length * BAR + GAP;
  }
  const [width, height] = [WIDTH + 2 * MARGIN, y - GAP + 2 * MARGIN + 6];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-MARGIN} ${-MARGIN} ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>CPU that tracing adds to a unary call</title>`,
    `<style>${STYLE}\n</style>`,
    `<rect class="ground" x="${-MARGIN}" y="${-MARGIN}" width="${width}" height="${height}" rx="6"/>`,
    text(0, 14, 'CPU that tracing adds to a unary call, µs, client and server together', 'title'),
    text(0, 34, `32 calls in flight; ${document.cpu}, ${document.date}`, 'quiet'),
    ...legend(),
    `<line class="axis" x1="${LEFT}" y1="${TOP - 6}" x2="${LEFT}" y2="${y - GAP + 6}"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

function drawn({ sampling, bars }: BarGroup, y: number, scale: number): string[] {
  const middle = y + (bars.length * BAR) / 2 + 4;
  return [
    text(LEFT - 10, middle, sampling, 'quiet', 'end'),
    ...bars.flatMap((bar, index) => drawnBar(bar, y + index * BAR, scale)),
  ];
}

/** Noise may make it negative; then there is nothing to draw, but the figure is told. */
function drawnBar({ variant, micros }: Bar, y: number, scale: number): string[] {
  const width = Math.max(0, micros * scale);
  const colour = `bar${PLOTTED.indexOf(variant)}`;
  return [
    `<rect class="${colour}" x="${LEFT}" y="${y}" width="${width.toFixed(1)}" height="${BAR - 2}"/>`,
    text(LEFT + width + 5, y + BAR - 3, micros.toFixed(0)),
  ];
}

function legend(): string[] {
  let x = LEFT;
  return PLOTTED.flatMap((variant, index) => {
    const at = x;
    x += variant.length * CHARACTER + 45;
    return [`<rect class="bar${index}" x="${at}" y="45" width="11" height="11"/>`, text(at + 16, 55, variant)];
  });
}

function text(x: number, y: number, content: string, style = '', anchor = 'start'): string {
  const escaped = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x.toFixed(1)}" y="${y}" class="${style}" text-anchor="${anchor}">${escaped}</text>`;
}
