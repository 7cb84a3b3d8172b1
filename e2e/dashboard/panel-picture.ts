import { px, textAt } from '../../tools/svg.js';
import type { Unit } from './dashboard.js';
import type { Drawing } from './drawings.js';
import type { Point } from './prometheus-api.js';
import { ticks } from './ticks.js';
import { SCRAPE_SECONDS } from './trial.js';

/** Where a panel stands. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What stands around the lines. */
const AROUND = { top: 30, bottom: 30, left: 52, right: 18 };
const TIME_TICK_SECONDS = 10;

/** How far apart points are at most that a line connects. */
const CONNECTED_SECONDS = 1.5 * SCRAPE_SECONDS;

/**
 * A panel's title and its lines.
 *
 * @param from - the time at the left, as `to` at the right
 * @param classOf - what gives the line of a name its colour
 */
export function panelPicture(
  { panel, lines }: Drawing,
  place: Place,
  { from, to }: { readonly from: number; readonly to: number },
  classOf: (name: string) => string,
): readonly string[] {
  const [left, right] = [place.x + AROUND.left, place.x + place.width - AROUND.right];
  const [top, bottom] = [place.y + AROUND.top, place.y + place.height - AROUND.bottom];
  const values = ticks(Math.max(...lines.flatMap(({ points }) => points).map(({ value }) => value)));
  const xOf = (seconds: number): number => left + ((seconds - from) / (to - from)) * (right - left);
  const yOf = (value: number): number => bottom - (value / Number(values.at(-1))) * (bottom - top);

  const pathOf = (points: readonly Point[]): string =>
    points
      .map(({ seconds, value }, index) => {
        const isConnected = seconds - Number(points[index - 1]?.seconds) <= CONNECTED_SECONDS;
        const at = `${px(xOf(seconds))} ${px(yOf(value))}`;
        // A point that stands alone is a dot.
        return isConnected ? `L${at}` : `M${at}h0`;
      })
      .join('');
  const times = Array.from(
    { length: Math.floor((to - from) / TIME_TICK_SECONDS) + 1 },
    (_, i) => i * TIME_TICK_SECONDS,
  );
  return [
    textAt(place.x, place.y + 14, panel.title, 'title'),
    ...values.flatMap((value) => [
      `<path class="grid" d="M${px(left)} ${px(yOf(value))}H${px(right)}"/>`,
      textAt(left - 8, yOf(value) + 4, told(value, panel.fieldConfig.defaults.unit), 'quiet', 'end'),
    ]),
    ...times.map((seconds) => textAt(xOf(from + seconds), bottom + 17, `${seconds} s`, 'quiet', 'middle')),
    ...lines.map(({ name, points }) => `<path class="${classOf(name)} line" d="${pathOf(points)}"/>`),
  ];
}

function told(value: number, unit: Unit): string {
  // 3 * 0.1 is a little more than 0.3.
  const rounded = (number: number): string => String(Number(number.toPrecision(3)));
  switch (unit) {
    case 'percentunit':
      return `${rounded(value * 100)} %`;
    case 's':
      return value > 0 && value < 1 ? `${rounded(value * 1000)} ms` : `${rounded(value)} s`;
    case 'reqps':
    case 'short':
      return rounded(value);
  }
}
