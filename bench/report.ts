import { table } from '../tools/table.js';
import type { Check } from './bounds.js';
import { messagesOf } from './load.js';
import type { Plan } from './plan.js';
import type { Range } from './statistics.js';
import type { Result, Summary } from './summary.js';

export function title({ sampling, load, inFlight }: Plan, node: string): string {
  return `${sampling}, ${load}, ${inFlight} in flight, Node ${node}`;
}

const COLUMNS: readonly (readonly [string, (summary: Summary) => string])[] = [
  ['variant', ({ name }) => name],
  ['CPU µs/call', ({ cpuMicros }) => cpuMicros.toFixed(1)],
  ['over bare', ({ overMicros, spreadMicros }) => `${overMicros.median.toFixed(1)} ± ${spreadMicros.toFixed(1)}`],
  ['× by hand', ({ toByHand }) => shown(toByHand)],
  ['× auto', ({ toAuto }) => shown(toAuto)],
  ['on top', ({ onTopMicros }) => shown(onTopMicros, 1)],
  ['calls/s', ({ callsPerSecond }) => callsPerSecond.toFixed(0)],
  ['p50 ms', ({ p50Millis }) => p50Millis.toFixed(2)],
  ['p99 ms', ({ p99Millis }) => p99Millis.toFixed(2)],
  ['kB/call', ({ bytesPerCall }) => kilobytes(bytesPerCall)],
  ['kB over bare', ({ overBytes }) => kilobytes(overBytes)],
  ['× by hand (kB)', ({ bytesToByHand }) => shown(bytesToByHand)],
];

function kilobytes(bytes: number | undefined): string {
  return bytes === undefined ? '' : (bytes / 1000).toFixed(1);
}

/** The median, and the range of the runs where there are several. */
export function shown(range: Range | undefined, digits = 2): string {
  if (range === undefined) return '';
  const [middle, low, high] = [range.median, range.low, range.high].map((value) => value.toFixed(digits));
  return low === high ? String(middle) : `${String(middle)} (${String(low)} to ${String(high)})`;
}

export function resultTable(result: Result): string {
  const messages = messagesOf(result.load);
  const perMessage = ({ overMicros }: Summary): string => ((overMicros.median / messages) * 1000).toFixed(1);
  const columns =
    messages === 1 ? COLUMNS : [...COLUMNS.slice(0, 3), ['ns/message', perMessage] as const, ...COLUMNS.slice(3)];
  const rows = result.figures.map((summary) => columns.map(([, cell]) => cell(summary)));
  return table(
    columns.map(([head]) => head),
    rows,
  );
}

export function checkTable(checks: readonly Check[]): string {
  const rows = checks.map(({ what, node, value, limit, verdict }) => [
    what,
    node,
    shown(value),
    `≤ ${limit.toFixed(2)}`,
    verdict,
  ]);
  return table(['bound', 'Node', 'median of the runs', 'limit', ''], rows);
}
