import { assertCall, type CallResult, type Link } from '../../../e2e/interop/chain.js';
import type { SpanLine } from '../../../e2e/interop/span-line.js';
import type { Visit } from '../../../e2e/interop/visit.js';

const traceId = 'a'.repeat(32);
const BAGGAGE = 'a, b';

const LINKS: readonly Link[] = [
  { service: 'node', kind: 'CLIENT' },
  { service: 'java', kind: 'SERVER', peerService: 'node' },
  { service: 'java', kind: 'CLIENT' },
  { service: 'node', kind: 'SERVER' },
];

const span = (n: number, link: Link): SpanLine => ({
  ...link,
  name: 'test.Echo/Bidi',
  traceId,
  spanId: `span ${n}`,
  parentSpanId: `span ${n - 1}`,
  sampled: true,
});
const SPANS = LINKS.map((link, index) => span(index + 1, link));

const JAVA: Visit = { service: 'java', traceId, spanId: 'span 2', sampled: true, baggage: BAGGAGE };
const NODE: Visit = { service: 'node', traceId, spanId: 'span 4', sampled: true, baggage: BAGGAGE };

const CALL: CallResult = {
  shape: 'Bidi',
  traceId,
  callerSpanId: 'span 0',
  sampled: true,
  baggage: BAGGAGE,
  answers: [
    [JAVA, NODE],
    [JAVA, NODE],
  ],
};

const strangers: SpanLine[] = SPANS.map((line) => ({ ...line, traceId: 'b'.repeat(32), sampled: false }));
const withSpan = (index: number, change: Partial<SpanLine>): SpanLine[] =>
  SPANS.with(index, { ...span(index + 1, { service: '', kind: '' }), ...SPANS[index], ...change });

it('a call is accepted in whatever order its spans were exported, among those of others', () => {
  expect(() => assertCall(CALL, [...strangers, ...SPANS.toReversed()], LINKS)).not.toThrow();
});

it.each<[string, SpanLine[]]>([
  ['the parent is another span of the trace', withSpan(3, { parentSpanId: 'span 2' })],
  ['the parent is no span of the trace', withSpan(2, { parentSpanId: 'span 9' })],
  ['the span is its own parent', withSpan(1, { parentSpanId: 'span 2' })],
  ['the span is below the caller, not below the client', withSpan(1, { parentSpanId: 'span 0' })],
  ['the trace is another', withSpan(3, { traceId: 'c'.repeat(32) })],
  ['the flag says not sampled', withSpan(1, { sampled: false })],
  ['the service is another', withSpan(1, { service: 'python' })],
  ['the kind is another', withSpan(2, { kind: 'INTERNAL' })],
  ['the caller told another name', withSpan(1, { peerService: 'python' })],
  ['the caller told a name, and should not have', withSpan(3, { peerService: 'java' })],
  ['the last span is missing', SPANS.slice(0, 3)],
  ['all spans are missing', []],
  ['there is one more below the last', [...SPANS, span(5, { service: 'node', kind: 'CLIENT' })]],
])('a span is refused where %s', (_, spans) => {
  expect(() => assertCall(CALL, spans, LINKS)).toThrow();
});

it('a caller that should have told its name and did not is refused', () => {
  const { peerService, ...nameless } = span(2, { service: 'java', kind: 'SERVER', peerService: 'node' });
  expect(() => assertCall(CALL, SPANS.with(1, nameless), LINKS)).toThrow(`peerService: '${String(peerService)}'`);
});

it.each<[string, readonly (readonly Visit[])[]]>([
  ['another trace', [[{ ...JAVA, traceId: 'c'.repeat(32) }, NODE]]],
  ['the span of its caller', [[{ ...JAVA, spanId: 'span 1' }, NODE]]],
  ['a call that is not sampled', [[{ ...JAVA, sampled: false }, NODE]]],
  ['other baggage', [[JAVA, { ...NODE, baggage: 'a,+b' }]]],
  ['no baggage', [[JAVA, { ...NODE, baggage: '' }]]],
  ['the visit of another service', [[JAVA, { ...NODE, service: 'python' }]]],
  ['fewer visits', [[JAVA]]],
  ['more visits', [[JAVA, NODE, NODE]]],
])('a handler that saw %s is refused, in either answer', (_, [wrong = []]) => {
  for (const index of [0, 1]) {
    expect(() => assertCall({ ...CALL, answers: CALL.answers.with(index, wrong) }, SPANS, LINKS)).toThrow();
  }
});

it.each([0, 1, 3])('%i answers to a Bidi call of two requests are refused', (count) => {
  const answers = Array.from({ length: count }, () => [JAVA, NODE]);
  expect(() => assertCall({ ...CALL, answers }, SPANS, LINKS)).toThrow('answers to Bidi');
});

it('baggage that a peer is known to rewrite is held against what it makes of it', () => {
  const links = LINKS.with(3, { service: 'node', kind: 'SERVER', baggage: 'a,+b' });
  const visits = [JAVA, { ...NODE, baggage: 'a,+b' }];
  expect(() => assertCall({ ...CALL, answers: [visits, visits] }, SPANS, links)).not.toThrow();
  expect(() => assertCall(CALL, SPANS, links)).toThrow("'a,+b'");
});

describe('a call that is not sampled', () => {
  const visits = [
    { ...JAVA, sampled: false },
    { ...NODE, sampled: false },
  ];
  const call: CallResult = { ...CALL, sampled: false, answers: [visits, visits] };

  it('is accepted without a span', () => {
    expect(() => assertCall(call, strangers, LINKS)).not.toThrow();
  });

  it('is refused with a span', () => {
    expect(() => assertCall(call, SPANS.slice(0, 1), LINKS)).toThrow();
  });

  it.each<Partial<Visit>>([{ sampled: true }, { baggage: '' }, { traceId: 'c'.repeat(32) }])(
    'is refused where a handler saw %j',
    (change) => {
      const answers = [
        visits,
        [
          { ...JAVA, sampled: false },
          { ...NODE, sampled: false, ...change },
        ],
      ];
      expect(() => assertCall({ ...call, answers }, [], LINKS)).toThrow();
    },
  );
});
