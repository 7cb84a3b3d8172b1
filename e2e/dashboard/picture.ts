import { figure, type Colour } from '../../tools/figure.js';
import { textAt } from '../../tools/svg.js';
import type { Drawing } from './drawings.js';
import { panelPicture, type Place } from './panel-picture.js';

const WIDTH = 960;
/** Grafana's grid has so many columns, and rows of a height of its own. */
const COLUMNS = 24;
const ROW = 22;

const LEGEND_LINE = 20;
const NAMES_IN_LINE = 4;

const GRID: Colour = { light: '#d8dee4', dark: '#30363d' };
const COLOURS: readonly Colour[] = [
  { light: '#0969da', dark: '#4493f8' },
  { light: '#1a7f37', dark: '#3fb950' },
  { light: '#bc4c00', dark: '#f0883e' },
  { light: '#8250df', dark: '#ab7df8' },
  { light: '#cf222e', dark: '#ff7b72' },
  { light: '#bf3989', dark: '#f778ba' },
  { light: '#9a6700', dark: '#d29922' },
  { light: '#1b7c83', dark: '#39c5cf' },
];

/** The panels as they stand on the dashboard. A name has the same colour in all of them, so that one legend is enough. */
export function picture(drawings: readonly Drawing[]): string {
  const groups = nameGroups(drawings);
  const names = groups.flat();
  const classOf = (name: string): string => `colour${names.indexOf(name) % COLOURS.length}`;
  const seconds = drawings.flatMap(({ lines }) => lines.flatMap(({ points }) => points.map((point) => point.seconds)));
  const times = { from: Math.min(...seconds), to: Math.max(...seconds) };

  const { parts: legend, height: top } = legendOf(groups, classOf);
  const placed = drawings.map((drawing) => ({ drawing, place: placeOf(drawing, top) }));
  return figure(
    {
      title: 'The panels of the dashboard',
      width: WIDTH,
      height: Math.max(...placed.map(({ place }) => place.y + place.height)),
      colours: { ...Object.fromEntries(COLOURS.map((colour, index) => [`colour${index}`, colour])), grid: GRID },
    },
    [
      '<style>.line { stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }</style>',
      ...legend,
      ...placed.flatMap(({ drawing, place }) => panelPicture(drawing, place, times, classOf)),
    ],
  );
}

/** Names of one kind stand together, methods or codes. */
function nameGroups(drawings: readonly Drawing[]): readonly (readonly string[])[] {
  const groups = new Map<string, Set<string>>();
  for (const { panel, lines } of drawings) {
    const kind = panel.targets.map(({ legendFormat }) => legendFormat).join();
    groups.set(kind, new Set([...(groups.get(kind) ?? []), ...lines.map(({ name }) => name)]));
  }
  return Array.from(groups.values(), (group) => [...group].toSorted());
}

function legendOf(
  groups: readonly (readonly string[])[],
  classOf: (name: string) => string,
): { readonly parts: readonly string[]; readonly height: number } {
  const parts: string[] = [];
  let y = 0;
  for (const group of groups) {
    for (const [index, name] of group.entries()) {
      const column = index % NAMES_IN_LINE;
      if (index > 0 && column === 0) y += LEGEND_LINE;
      const x = (column * WIDTH) / NAMES_IN_LINE;
      parts.push(`<rect class="${classOf(name)}" x="${x}" y="${y + 3}" width="14" height="4" rx="2"/>`);
      parts.push(textAt(x + 20, y + 9, name));
    }
    y += LEGEND_LINE;
  }
  return { parts, height: y + LEGEND_LINE };
}

function placeOf({ panel: { gridPos } }: Drawing, top: number): Place {
  const column = WIDTH / COLUMNS;
  return { x: gridPos.x * column, y: top + gridPos.y * ROW, width: gridPos.w * column, height: gridPos.h * ROW };
}
