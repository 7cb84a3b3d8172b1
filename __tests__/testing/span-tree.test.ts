import { spanTree, type SpanTreeRow } from 'grpc-js-opentelemetry/testing';

function row(spanId: string, parentSpanId?: string): SpanTreeRow {
  return { spanId, parentSpanId };
}

const cases: readonly [name: string, rows: SpanTreeRow[], tree: string[]][] = [
  ['no rows', [], []],
  ['one row', [row('a')], ['a']],
  ['a chain', [row('a'), row('b', 'a'), row('c', 'b')], ['a', '└ b', '  └ c']],
  ['children before their parents', [row('c', 'b'), row('b', 'a'), row('a')], ['a', '└ b', '  └ c']],
  [
    'branches that go on beside grandchildren',
    [row('a'), row('b', 'a'), row('c', 'b'), row('d', 'a'), row('e', 'd')],
    ['a', '├ b', '│ └ c', '└ d', '  └ e'],
  ],
  ['siblings as given', [row('a'), row('c', 'a'), row('b', 'a')], ['a', '├ c', '└ b']],
  ['an orphan', [row('b', 'lost'), row('c', 'b'), row('a')], ['b', '└ c', 'a']],
  ['two roots', [row('a'), row('b')], ['a', 'b']],
  ['a span that is its own parent', [row('a', 'a')], ['a']],
  ['a ring', [row('b', 'c'), row('a', 'b'), row('c', 'a')], ['b', '└ a', '  └ c']],
  ['a ring beside a tree', [row('b', 'a'), row('a', 'b'), row('r')], ['r', 'b', '└ a']],
  ['one id twice', [row('a'), row('a'), row('b', 'a')], ['a', '└ b', 'a']],
];

test.each(cases)('%s', (_name, rows, tree) => {
  expect(spanTree(rows).map((line) => line.branch + line.row.spanId)).toEqual(tree);
});
