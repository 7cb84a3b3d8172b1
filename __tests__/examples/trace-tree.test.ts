import { traceTree, type TraceRow } from '../../examples/demo/trace-tree.js';

function row(spanId: string, parentSpanId: string | undefined, start = 0): TraceRow {
  return { spanId, parentSpanId, start, service: 's', method: spanId, side: 'client', status: 'OK', failed: false };
}

const cases: readonly [name: string, rows: TraceRow[], tree: string[]][] = [
  ['no rows', [], []],
  ['one row', [row('a', undefined)], ['a']],
  ['a chain', [row('a', undefined), row('b', 'a'), row('c', 'b')], ['a', '└ b', '  └ c']],
  ['children before their parents', [row('c', 'b'), row('b', 'a'), row('a', undefined)], ['a', '└ b', '  └ c']],
  [
    'branches that go on beside grandchildren',
    [row('a', undefined), row('b', 'a', 1), row('c', 'b', 2), row('d', 'a', 3), row('e', 'd', 4)],
    ['a', '├ b', '│ └ c', '└ d', '  └ e'],
  ],
  ['siblings by start', [row('a', undefined), row('b', 'a', 9), row('c', 'a', 5)], ['a', '├ c', '└ b']],
  ['siblings of one start, as they came', [row('a', undefined), row('c', 'a'), row('b', 'a')], ['a', '├ c', '└ b']],
  ['a child that starts before its parent', [row('a', undefined, 5), row('b', 'a', 1)], ['a', '└ b']],
  ['an orphan', [row('a', undefined, 5), row('b', 'lost', 1), row('c', 'b', 2)], ['b', '└ c', 'a']],
  ['two roots', [row('a', undefined, 1), row('b', undefined, 2)], ['a', 'b']],
  ['a span that is its own parent', [row('a', 'a')], ['a']],
  ['a ring', [row('a', 'b', 2), row('b', 'c', 1), row('c', 'a', 3)], ['b', '└ a', '  └ c']],
  ['a ring beside a tree', [row('r', undefined, 9), row('a', 'b', 2), row('b', 'a', 1)], ['r', 'b', '└ a']],
  ['one id twice', [row('a', undefined, 1), row('a', undefined, 2), row('b', 'a', 3)], ['a', '└ b', 'a']],
];

test.each(cases)('%s', (_name, rows, tree) => {
  expect(traceTree(rows).map((line) => line.branch + line.row.method)).toEqual(tree);
});
