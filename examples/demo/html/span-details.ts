import { markedStatus, markOf } from '../mark.js';
import { timeText } from '../time-line.js';
import { markup, type Markup } from './markup.js';
import type { PageSpan, Section } from './page-span.js';

/** All that is known of a span, hidden until it is chosen. */
export function spanDetails({ row, sections }: PageSpan, id: string): Markup {
  return markup`<article id="${id}" aria-labelledby="${id}-title" hidden>
<h2 id="${id}-title"><bdi>${breakable(row.method)}</bdi></h2>
<p><bdi>${row.service}</bdi> · <bdi>${row.side}</bdi> · ${timeText(row.duration)} · <span class="status ${markOf(row) ?? ''}">${markedStatus(row)}</span></p>
${sections.map(section)}</article>
`;
}

function section({ title, entries }: Section): Markup {
  const list = entries.map(([name, value]) => markup`<div><dt>${name}</dt><dd><bdi>${value}</bdi></dd></div>\n`);
  return markup`<h3>${title}</h3>
${entries.length === 0 ? markup`<p>none</p>\n` : markup`<dl>\n${list}</dl>\n`}`;
}

/** A long name is broken behind its service rather than anywhere. */
function breakable(method: string): Markup {
  const slash = method.lastIndexOf('/') + 1;
  return markup`${method.slice(0, slash)}<wbr>${method.slice(slash)}`;
}
