import { choicesOf } from './choices.js';
import type { Dashboard, Panel } from './dashboard.js';
import { linesOf, type Line } from './lines.js';
import type { Range } from './prometheus-api.js';
import { SCRAPE_SECONDS, type Trial } from './trial.js';

/** A panel as it would be drawn. */
export interface Drawing {
  readonly panel: Panel;
  readonly lines: readonly Line[];
}

/**
 * Every panel, over all that has been scraped.
 *
 * @param chosen - values, by variable; all where there is none
 * @throws with all that is wrong with any of them
 */
export async function drawings(
  dashboard: Dashboard,
  { api, startedAt }: Trial,
  chosen: Readonly<Record<string, string>> = {},
): Promise<readonly Drawing[]> {
  const choices = await choicesOf(dashboard, api, chosen);
  const range: Range = { start: startedAt, end: Date.now() / 1000, step: SCRAPE_SECONDS };
  const wrong: string[] = [];
  const drawn: Drawing[] = [];
  for (const panel of dashboard.panels) {
    try {
      drawn.push({ panel, lines: await linesOf(panel, api, range, choices) });
    } catch (error) {
      wrong.push(`${panel.title}: ${String(error)}`);
    }
  }
  if (wrong.length > 0) throw new Error([`with ${JSON.stringify(chosen)}`, ...wrong].join('\n'));
  return drawn;
}
