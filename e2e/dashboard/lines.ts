import type { Panel, Target } from './dashboard.js';
import { interpolate, type Choices } from './interpolate.js';
import type { Labels, Point, PrometheusApi, Range } from './prometheus-api.js';

/** What a panel draws, by the name in its legend. */
export interface Line {
  readonly name: string;
  readonly points: readonly Point[];
}

/** @throws where one of the panel's queries is an error or has no line, or a line is not what the panel's unit says */
export async function linesOf(
  panel: Panel,
  api: Pick<PrometheusApi, 'over'>,
  range: Range,
  choices: Choices,
): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (const target of panel.targets) {
    const query = interpolate(target.expr, choices);
    const series = await api.over(range, query);
    const drawn = series
      // A quantile of no calls is not a number, and not drawn.
      .map(({ labels, points }) => ({ labels, points: points.filter(({ value }) => !Number.isNaN(value)) }))
      .filter(({ points }) => points.length > 0)
      .map(({ labels, points }) => ({ name: nameOf(target, labels), points }));
    if (drawn.length === 0) throw new Error(`${query} is empty`);
    lines.push(...drawn);
  }
  const largest = panel.fieldConfig.defaults.unit === 'percentunit' ? 1 : Infinity;
  for (const { name, points } of lines) {
    const wrong = points.find(({ value }) => value < 0 || value > largest || value === Infinity);
    if (wrong !== undefined) throw new Error(`${name} is ${wrong.value}`);
  }
  return lines;
}

function nameOf({ legendFormat }: Target, labels: Labels): string {
  return legendFormat.replaceAll(/\{\{(\w+)\}\}/g, (_whole, label: string) => {
    const value = labels[label];
    if (value === undefined) throw new Error(`no label ${label} among ${Object.keys(labels).join(', ')}`);
    return value;
  });
}
