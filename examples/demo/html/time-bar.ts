import type { Stretch, TimeScale } from '../time-line.js';
import { markup, type Markup } from './markup.js';

/** The least that can be seen, in percent. */
const MIN_WIDTH = 0.5;

/** The stretch in its place, in percent of the time line: a page that allows no inline style has attributes of SVG only. */
export function timeBar({ start, duration }: Stretch, scale: TimeScale, style: string): Markup {
  const percent = (millis: number) => (scale.total === 0 ? 0 : (millis / scale.total) * 100);
  const from = Math.min(percent(start - scale.start), 100 - MIN_WIDTH);
  const length = duration === undefined ? 100 - from : percent(Math.max(duration, 0));
  const width = Math.min(Math.max(length, MIN_WIDTH), 100 - from);
  const classes = duration === undefined ? `${style} open` : style;
  return markup`<svg class="time" aria-hidden="true"><rect class="${classes}" x="${from.toFixed(2)}%" width="${width.toFixed(2)}%" height="100%" rx="2"/></svg>`;
}
