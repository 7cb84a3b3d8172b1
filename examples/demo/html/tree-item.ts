import { markedStatus, markOf } from '../mark.js';
import { timeText, type TimeScale } from '../time-line.js';
import type { TraceRow } from '../trace-tree.js';
import { markup, type Markup } from './markup.js';
import { timeBar } from './time-bar.js';
import type { TreePlace } from './tree-place.js';

export interface TreeItem {
  readonly row: TraceRow;
  readonly place: TreePlace;
  readonly scale: TimeScale;
  /** The class of the service's colour. */
  readonly service: string;
  /** Of the element that tells more of the span. */
  readonly detailsId: string;
  /** One item of a tree can be reached by the Tab key; from there the arrows lead on. */
  readonly isEntry: boolean;
}

/** A span as an item of the tree. What it says to a screen reader is said in one go, in words. */
export function treeItem({ row, place, scale, service, detailsId, isEntry }: TreeItem): Markup {
  const mark = markOf(row);
  const label = [
    `${row.service} ${bare(row.method)}`,
    row.side,
    timeText(row.duration),
    row.status,
    mark === 'failed' ? mark : '',
  ];
  const expanded = place.hasChildren ? markup` aria-expanded="true"` : '';
  const guides = Array.from({ length: place.level - 1 }, () => markup`<i class="guide"></i>`);
  return markup`<div role="treeitem" aria-level="${place.level}" aria-posinset="${place.position}" aria-setsize="${place.siblings}"${expanded} aria-selected="false" aria-label="${label.filter(Boolean).join(', ')}" tabindex="${isEntry ? 0 : -1}" data-details="${detailsId}">
<span class="name">${guides}<i class="twisty"></i><b class="service ${service}">${row.service}</b> <bdi title="${row.method}">${bare(row.method)}</bdi></span>
<span class="kind">${row.side}</span>
${timeBar(row, scale, service)}
<span class="duration">${timeText(row.duration)}</span>
<span class="status ${mark ?? ''}">${markedStatus(row)}</span>
</div>
`;
}

function bare(method: string): string {
  return method.slice(method.lastIndexOf('/') + 1);
}
