import { wantsColour } from '../../examples/demo/colour.js';
import type { TraceRow } from '../../examples/demo/trace-tree.js';
import { traceView } from '../../examples/demo/trace-view.js';

const ROOT: TraceRow = {
  spanId: 'a',
  service: 'frontend',
  method: 'demo.Greeter/Greet',
  side: 'client',
  start: 1000,
  duration: 100,
  status: 'OK',
  failed: false,
};
const CHILD: TraceRow = {
  ...ROOT,
  spanId: 'b',
  parentSpanId: 'a',
  service: 'greeter',
  side: 'server',
  start: 1050,
  duration: 50,
};

function widths(lines: readonly string[]): number[] {
  return lines.map((line) => Array.from(line).length);
}

test('a trace, line by line', () => {
  expect(traceView([ROOT, CHILD], { width: 80, colour: false })).toEqual([
    'service  method               side   0                  100.0 ms duration status',
    'frontend demo.Greeter/Greet   client ███████████████████████████ 100.0 ms OK',
    'greeter  └ demo.Greeter/Greet server              ██████████████  50.0 ms OK',
  ]);
});

test('methods lose their services where there is little room', () => {
  expect(traceView([ROOT, CHILD], { width: 72, colour: false })).toEqual([
    'service  method  side   0                       100.0 ms duration status',
    'frontend Greet   client ████████████████████████████████ 100.0 ms OK',
    'greeter  └ Greet server                 ████████████████  50.0 ms OK',
  ]);
});

const LONG = 'an.extremely.long.package.name.ThatNeverEnds/AMethodThatIsNamedAtLeastAsGenerously';

describe.each([1, 72, 80, 100, 200])('at %i columns', (width) => {
  test.each<[name: string, rows: TraceRow[]]>([
    ['no rows', []],
    ['one row', [ROOT]],
    ['a zero-length trace', [{ ...ROOT, duration: 0 }]],
    ['an unfinished root', [{ ...ROOT, duration: undefined }, CHILD]],
    ['a child that starts before and ends after its parent', [ROOT, { ...CHILD, start: 0, duration: 1e6 }]],
    ['an end before the start', [{ ...ROOT, duration: -5 }]],
    ['very long names', [{ ...ROOT, service: LONG, method: LONG, status: LONG }]],
    ['a very long method without a service', [{ ...ROOT, method: LONG.replaceAll('/', '.') }]],
    ['empty names', [{ ...ROOT, service: '', method: '', status: '', side: '' }]],
    ['a side of its own', [{ ...ROOT, side: 'internal' }]],
    [
      'names with control characters',
      [{ ...ROOT, service: '\u001b[2J', method: 'a\nb\r\tc\u0000/d\u0007', status: '\u202e' }],
    ],
    ['names beyond the basic plane', [{ ...ROOT, service: '𝒢reeter', method: '𝒢'.repeat(100) }]],
    [
      'a hundred generations',
      Array.from({ length: 100 }, (_, n) => ({ ...ROOT, spanId: `${n}`, parentSpanId: `${n - 1}` })),
    ],
  ])('%s: a line each, none too wide, nothing that moves the cursor', (_name, rows) => {
    const lines = traceView(rows, { width, colour: false });

    expect(lines).toHaveLength(rows.length + 1);
    expect(Math.max(...widths(lines))).toBeLessThanOrEqual(Math.min(Math.max(width, 72), 140));
    expect(lines.join('')).not.toMatch(/\p{C}/u);
  });
});

test('marks tell failed and cancelled spans apart without colour', () => {
  const rows: TraceRow[] = [
    { ...ROOT, status: 'UNAVAILABLE', failed: true },
    { ...CHILD, status: 'CANCELLED', failed: true },
    { ...CHILD, spanId: 'c', status: 'CANCELLED' },
    { ...CHILD, spanId: 'd', status: 'NOT_FOUND' },
  ];
  const statuses = traceView(rows, { width: 80, colour: false }).map((line) => line.replace(/.*( ms|duration) /, ''));

  expect(statuses).toEqual(['status', '✗ UNAVAILABLE', '⊘ CANCELLED', '⊘ CANCELLED', 'NOT_FOUND']);
});

test('colour tells failed, cancelled and open spans from the rest, and takes no columns', () => {
  const rows: TraceRow[] = [
    ROOT,
    { ...CHILD, status: 'UNAVAILABLE', failed: true },
    { ...CHILD, spanId: 'c', status: 'CANCELLED', failed: true },
    { ...CHILD, spanId: 'd', status: '', duration: undefined },
  ];
  const plain = traceView(rows, { width: 80, colour: false });
  const painted = traceView(rows, { width: 80, colour: true });
  const escape = '\u001b';

  expect(painted).toEqual([
    `${escape}[2m${String(plain[0])}${escape}[0m`,
    plain[1],
    `${escape}[31m${String(plain[2])}${escape}[0m`,
    `${escape}[33m${String(plain[3])}${escape}[0m`,
    `${escape}[33m${String(plain[4])}${escape}[0m`,
  ]);
});

test.each([
  [true, {}, true],
  [false, {}, false],
  [undefined, {}, false],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [true, { TERM: 'dumb' }, false],
  [false, { FORCE_COLOR: '1' }, true],
  [false, { FORCE_COLOR: '' }, true],
  [true, { FORCE_COLOR: '0' }, false],
  [true, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
])('a terminal: %p, with %p: colour %p', (isTTY, env, colour) => {
  expect(wantsColour(isTTY === undefined ? {} : { isTTY }, env)).toBe(colour);
});
