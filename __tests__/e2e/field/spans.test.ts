import type { SpanLine } from '../../../e2e/field/exchange.js';
import { assertCounts, childrenOf, countLinked } from '../../../e2e/field/spans.js';

const client: SpanLine = {
  scope: 'grpc-js-opentelemetry',
  name: 'test.Echo/Unary',
  kind: 'CLIENT',
  traceId: '1',
  spanId: 'a',
  status: 'UNSET',
  attributes: {},
};
const server: SpanLine = { ...client, kind: 'SERVER', spanId: 'b', parentSpanId: 'a' };

it('a SERVER span is linked to a CLIENT span of its trace', () => {
  expect(countLinked([client, server])).toEqual({ client: 1, linked: 1 });
});

it.each<[string, Partial<SpanLine>]>([
  ['in another trace', { traceId: '2' }],
  ['below another span', { parentSpanId: 'c' }],
  ["of another's scope", { scope: '@opentelemetry/instrumentation-grpc' }],
  ['of another kind', { kind: 'INTERNAL' }],
])('one that is %s is not', (_, different) => {
  expect(countLinked([client, { ...server, ...different }])).toEqual({ client: 1, linked: 0 });
});

it('a root is nobody’s child', () => {
  expect(childrenOf([client], [client])).toEqual([]);
});

it('counts that are not as expected are told with the spans', () => {
  const counts = { client: 1, linked: 1 };
  expect(() => assertCounts(counts, { client: 1, linked: 1 }, [])).not.toThrow();
  expect(() => assertCounts(counts, { client: 1, linked: 2 }, [server])).toThrow(
    `linked: 1, not 2\n${JSON.stringify(server)}`,
  );
});
