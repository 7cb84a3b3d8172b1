import { table } from '../tools/table.js';
import type { Check } from './bounds.js';
import type { Measurement } from './document.js';
import { messagesOf } from './load.js';
import type { Setting } from './setting.js';
import type { Estimate } from './statistics.js';
import { summaryOf, toldBeside, type Summary } from './summary.js';

export function title({ sampling, load, inFlight, node, sdk }: Setting): string {
  // Without it there are its API and the auto instrumentation that is made for it.
  const on = sampling === 'no SDK' ? `no SDK, API of SDK ${sdk}` : `${sampling}, SDK ${sdk}`;
  return `${on}, ${load}, ${inFlight} in flight, Node ${node}`;
}

/** The figure and its interval. */
export function shown(estimate: Estimate | undefined, digits: number, unit = 1): string {
  if (estimate === undefined) return '';
  const [value, low, high] = [estimate.value, estimate.low, estimate.high].map((number) =>
    Number.isFinite(number) ? rounded(number / unit, digits) : '∞',
  );
  return `${String(value)} (${String(low)} to ${String(high)})`;
}

/** Nothing has no sign. */
export function rounded(number: number, digits: number): string {
  const text = number.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text;
}

type Column = readonly [head: string, cell: (summary: Summary) => string];

const NANOSECONDS_PER_MICRO = 1000;
const KILOBYTE = 1000;

function columnsOf(messages: number): readonly Column[] {
  const perMessage: Column = ['ns/message', ({ overBare }) => shown(overBare, 0, messages / NANOSECONDS_PER_MICRO)];
  return [
    ['variant', ({ name }) => name],
    ['CPU µs/call', ({ cpu }) => shown(cpu, 1)],
    ['over bare', ({ overBare }) => shown(overBare, 1)],
    ...(messages === 1 ? [] : [perMessage]),
    ['own', ({ own }) => shown(own, 1)],
    ['/ by hand', ({ toByHand }) => shown(toByHand, 2)],
    ['/ auto', ({ toAuto }) => shown(toAuto, 2)],
    ['own / auto', ({ ownToAuto }) => shown(ownToAuto, 2)],
    ['kB over bare', ({ bytesOverBare }) => shown(bytesOverBare, 2, KILOBYTE)],
    ['/ by hand', ({ bytesToByHand }) => shown(bytesToByHand, 2)],
  ];
}

/** All contestants of a setting, and what is told beside them. */
export function measurementReport(measurement: Measurement): string {
  const summaries = measurement.samples.map((samples) => summaryOf(measurement, samples));
  const columns = columnsOf(messagesOf(measurement.load)).filter(([, cell]) =>
    summaries.some((summary) => cell(summary) !== ''),
  );
  const rows = summaries.map((summary) => columns.map(([, cell]) => cell(summary)));
  const told = toldBeside(measurement).map(({ what, micros }) => `${what}: ${shown(micros, 1)} µs/call`);
  const heads = columns.map(([head]) => head);
  return [title(measurement), table(heads, rows), ...told].join('\n\n');
}

export function checkTable(checks: readonly Check[]): string {
  const rows = checks.map(({ what, node, sdk, value, limit, verdict }) => [
    what,
    node,
    String(sdk),
    shown(value, 2),
    `≤ ${limit.toFixed(2)}`,
    verdict,
  ]);
  return table(['bound', 'Node', 'SDK', 'median, 95 %', 'limit', ''], rows);
}
