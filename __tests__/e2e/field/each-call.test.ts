import { assertEachCall, assertNoCall } from '../../../e2e/field/each-call.js';
import type { SpanLine } from '../../../e2e/field/exchange.js';

const SEEN = { calls: { '/test.Echo/Unary': 2, '/test.Echo/Bidi': 1 } };

function span(kind: 'CLIENT' | 'SERVER', name: string, spanId: string, parentSpanId?: string): SpanLine {
  const ids = { traceId: 'a', spanId, ...(parentSpanId === undefined ? {} : { parentSpanId }) };
  return { scope: 'grpc-js-opentelemetry', kind, name: `test.Echo/${name}`, ...ids, status: 'UNSET', attributes: {} };
}

const SPANS = [
  span('CLIENT', 'Unary', '1'),
  span('SERVER', 'Unary', '2', '1'),
  span('CLIENT', 'Unary', '3'),
  span('SERVER', 'Unary', '4', '3'),
  span('CLIENT', 'Bidi', '5'),
  span('SERVER', 'Bidi', '6', '5'),
];

const ROOTS = [span('SERVER', 'Unary', '2'), span('SERVER', 'Unary', '4'), span('SERVER', 'Bidi', '6')];

describe('each call', () => {
  it('is counted, with its spans', () => {
    expect(assertEachCall({ seen: SEEN, spans: SPANS })).toEqual({ calls: 3, client: 3, linked: 3, same: true });
  });

  it.each<[string, SpanLine[]]>([
    ['a CLIENT span is missing', SPANS.slice(1)],
    ['a SERVER span is missing', SPANS.toSpliced(1, 1)],
    ['a call has two CLIENT spans', [...SPANS, span('CLIENT', 'Unary', '7')]],
    ['a call has two SERVER spans', [...SPANS, span('SERVER', 'Unary', '7', '1')]],
    ['a SERVER span is a root', SPANS.with(1, span('SERVER', 'Unary', '2'))],
    ['a SERVER span has the parent of another', SPANS.with(1, span('SERVER', 'Unary', '2', '3'))],
    [
      'a call of which nobody knows has spans',
      [...SPANS, span('CLIENT', 'Other', '7'), span('SERVER', 'Other', '8', '7')],
    ],
    ['the spans are of something else', SPANS.map((line) => ({ ...line, scope: 'other' }))],
    ['there are none', []],
  ])('is refused where %s', (_what, spans) => {
    expect(() => assertEachCall({ seen: SEEN, spans })).toThrow(/, not \d/);
  });
});

describe('no call', () => {
  it('is counted where each SERVER span is a root', () => {
    expect(assertNoCall({ seen: SEEN, spans: ROOTS })).toEqual({ calls: 3, client: 0, linked: 0, same: true });
  });

  it.each<[string, SpanLine[]]>([
    ['there is a CLIENT span', [...ROOTS, span('CLIENT', 'Unary', '1')]],
    ['a SERVER span has a parent', ROOTS.with(0, span('SERVER', 'Unary', '2', '1'))],
    ['a SERVER span is missing', ROOTS.slice(1)],
  ])('is refused where %s', (_what, spans) => {
    expect(() => assertNoCall({ seen: SEEN, spans })).toThrow(/, not \d/);
  });
});
