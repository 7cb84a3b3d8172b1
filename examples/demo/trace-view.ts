import { paint, type Colour } from './colour.js';
import { markedStatus, markOf, type Mark } from './mark.js';
import { bar, scaleOf, timeText, type TimeScale } from './time-line.js';
import { traceTree, type TraceRow, type TreeLine } from './trace-tree.js';

export interface ViewOptions {
  /** Columns of the terminal; nothing is printed beyond them. */
  readonly width: number;
  readonly colour: boolean;
}

/** The least that has room for every column. */
const MIN_WIDTH = 72;
/** The bars are there to be compared by eye, which longer ones do not make easier. */
const MAX_WIDTH = 140;
const MIN_BAR = 12;
const MAX_SERVICE = 12;
const SIDE = 'server'.length;
const DURATION = '999.9 ms'.length;
const MAX_STATUS = '✗ FAILED_PRECONDITION'.length;
const GAPS = 5;

const COLOURS: Readonly<Record<Mark, Colour>> = { failed: 'red', cancelled: 'yellow' };

interface Layout {
  readonly service: number;
  readonly method: number;
  readonly bar: number;
  readonly status: number;
  readonly label: (line: TreeLine) => string;
}

/** The trace as a tree, one line a span, with the spans' durations as bars on a common time line. */
export function traceView(rows: readonly TraceRow[], { width, colour }: ViewOptions): string[] {
  const tree = traceTree(rows);
  const layout = layOut(tree, Math.min(Math.max(width, MIN_WIDTH), MAX_WIDTH));
  const scale = scaleOf(rows);
  const paintIf = (text: string, shade: Colour | undefined) => (colour ? paint(text, shade) : text);
  return [
    paintIf(header(layout, scale), 'dim'),
    ...tree.map((line) => paintIf(spanLine(line, layout, scale), shadeOf(line.row))),
  ];
}

function layOut(tree: readonly TreeLine[], width: number): Layout {
  const longest = (most: number, title: string, text: (line: TreeLine) => string) =>
    Math.min(most, Math.max(title.length, ...tree.map((line) => Array.from(text(line)).length)));
  const service = longest(MAX_SERVICE, 'service', ({ row }) => row.service);
  const status = longest(MAX_STATUS, 'status', ({ row }) => markedStatus(row));
  const left = width - service - SIDE - DURATION - status - GAPS;

  const full = ({ branch, row }: TreeLine) => branch + row.method;
  const bare = ({ branch, row }: TreeLine) => branch + row.method.slice(row.method.lastIndexOf('/') + 1);
  const label = longest(Infinity, 'method', full) <= left / 2 ? full : bare;
  const method = longest(left - MIN_BAR, 'method', label);
  return { service, method, bar: left - method, status, label };
}

function header(layout: Layout, { total }: TimeScale): string {
  const end = timeText(total);
  return columns(layout, ['service', 'method', 'side', `0${end.padStart(layout.bar - 1)}`, 'duration', 'status']);
}

function spanLine(line: TreeLine, layout: Layout, scale: TimeScale): string {
  const { row } = line;
  const timeBar = bar(row, scale, layout.bar);
  const [duration, status] = [timeText(row.duration), markedStatus(row)];
  return columns(layout, [row.service, layout.label(line), row.side, timeBar, duration, status]);
}

type Cells = readonly [service: string, method: string, side: string, bar: string, duration: string, status: string];

function columns(layout: Layout, [service, method, side, timeBar, duration, status]: Cells): string {
  return [
    fit(service, layout.service),
    fit(method, layout.method),
    fit(side, SIDE),
    timeBar,
    duration.padStart(DURATION),
    fit(status, layout.status),
  ]
    .join(' ')
    .trimEnd();
}

/** Exactly `width` characters, and none that moves the cursor: names come from whoever sent the span. */
function fit(text: string, width: number): string {
  const characters = Array.from(text.replace(/\p{C}/gu, '?'));
  const shown = characters.length > width ? [...characters.slice(0, width - 1), '…'] : characters;
  return shown.join('') + ' '.repeat(width - shown.length);
}

function shadeOf(row: TraceRow): Colour | undefined {
  if (row.duration === undefined) return 'yellow';
  const mark = markOf(row);
  return mark && COLOURS[mark];
}
