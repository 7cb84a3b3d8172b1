import { scaleOf, timeText } from '../time-line.js';
import { traceTree } from '../trace-tree.js';
import { markup, type Markup } from './markup.js';
import type { PageSpan } from './page-span.js';
import { sealedDocument } from './sealed-document.js';
import { spanDetails } from './span-details.js';
import { treeItem } from './tree-item.js';
import { treePlaces } from './tree-place.js';

export interface TracePage {
  readonly traceId: string;
  readonly spans: readonly PageSpan[];
  /** What to look at. */
  readonly story: readonly string[];
  readonly style: string;
  readonly script: string;
}

/** As many as the style has. */
const COLOURS = 6;

/** A trace as a page: its spans as a tree along a common time line, and what is known of each. */
export function tracePage({ traceId, spans, story, style, script }: TracePage): string {
  return sealedDocument({
    title: `Trace ${traceId}`,
    style,
    script,
    body: markup`<header>
<h1>Trace <code>${traceId}</code></h1>
${story.map((line) => markup`<p>${line}</p>\n`)}</header>
<main>
${treeOf(spans)}<aside id="details" aria-label="The chosen span" tabindex="0">
<button type="button" hidden>Close</button>
<p id="hint">Choose a span to see its attributes: by a click, or by arrow keys and Enter.</p>
${spans.map((span, index) => spanDetails(span, detailsId(index)))}</aside>
</main>
<p id="told" role="status"></p>`,
  });
}

function treeOf(spans: readonly PageSpan[]): Markup {
  const rows = spans.map(({ row }) => row);
  const scale = scaleOf(rows);
  const lines = traceTree(rows);
  // A branch has two characters for every generation.
  const places = treePlaces(lines.map(({ branch }) => branch.length / 2 + 1));
  const services = [...new Set(lines.map(({ row }) => row.service))];
  const items = lines.map(({ row }, index) => ({
    row,
    // The cast: there are as many places as lines.
    place: places[index] as (typeof places)[number],
    scale,
    service: `service-${services.indexOf(row.service) % COLOURS}`,
    detailsId: detailsId(rows.indexOf(row)),
    isEntry: index === 0,
  }));
  const ticks = [timeText(scale.total / 2), timeText(scale.total)].map((time) => markup`<span>${time}</span>`);
  return markup`<div id="waterfall">
<div class="columns" aria-hidden="true"><span>span</span><span>kind</span><span class="ticks"><span>0</span>${ticks}</span><span class="duration">duration</span><span>status</span></div>
<div role="tree" aria-label="Spans">
${items.map(treeItem)}</div>
</div>
`;
}

function detailsId(index: number): string {
  return `span-${index}`;
}
