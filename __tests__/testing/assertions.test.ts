import { AssertionError } from 'node:assert';
import { status } from '@grpc/grpc-js';
import { SpanKind, trace, type SpanContext } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace-node';
import {
  assertChildOf,
  assertNoSpanLink,
  assertNotChildOf,
  assertNotTraced,
  assertSpanLink,
  assertTraced,
  callsIn,
  type ExpectedCall,
  type InMemoryTelemetry,
  type RecordedSpan,
} from 'grpc-js-opentelemetry/testing';
import { invoke } from '../../tools/invoke.js';
import { DecidingSampler } from '../helpers/deciding-sampler.js';
import { useEcho } from '../helpers/echo.js';
import { behave, type Behaviour } from '../helpers/echo-handlers.js';
import { called, countedTelemetry, record, SPAN_1, SPAN_2, SPAN_3, TRACE_1, TRACE_2 } from './kit.js';

const echo = useEcho();
const METHOD = 'test.Echo/Unary';

/** What an assertion says when it fails. */
function complaintOf(assertion: () => unknown): string {
  let thrown: unknown;
  try {
    assertion();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(AssertionError);
  // It has just been seen to be one.
  const { message, operator, stack } = thrown as AssertionError;
  // The operator of which Jest shows the message alone.
  expect(operator).toBe('fail');
  // The stack begins where the assertion is used.
  expect(stack).not.toContain('assertions.ts:');
  return message;
}

async function callsWith(
  telemetry: InMemoryTelemetry,
  ...behaviours: readonly Behaviour[]
): Promise<readonly RecordedSpan[]> {
  const { tracerProvider } = telemetry;
  const rig = await echo.start({ serverTracing: { tracerProvider }, clientTracing: { tracerProvider } });
  for (const [index, behaviour] of behaviours.entries()) {
    await invoke(rig.client, 'Unary', { metadata: behave(behaviour) }).result;
    await telemetry.ended(2 * (index + 1));
  }
  return telemetry.spans;
}

/** A call by a client that its server does not trust. */
async function callOfStranger(): Promise<[client: RecordedSpan, server: RecordedSpan]> {
  const telemetry = countedTelemetry();
  const { tracerProvider } = telemetry;
  const rig = await echo.start({
    serverTracing: { tracerProvider, trustIncoming: false },
    clientTracing: { tracerProvider },
  });
  await invoke(rig.client, 'Unary').result;
  const spans = await telemetry.ended(2);
  return [
    assertTraced(spans, { method: METHOD, side: 'client' }),
    assertTraced(spans, { method: METHOD, side: 'server' }),
  ];
}

const OK_TREE = [`trace ${TRACE_1}`, `CLIENT ${METHOD} OK ${SPAN_1}`, `└ SERVER ${METHOD} OK ${SPAN_2}`].join('\n');

describe('assertTraced', () => {
  it.each([
    { method: METHOD, side: 'client' },
    { method: `/${METHOD}`, side: 'server' },
    { method: METHOD, side: 'client', code: 'OK' },
    { method: METHOD, side: 'server', code: status.OK, name: METHOD, attributes: { 'server.address': '127.0.0.1' } },
  ] satisfies ExpectedCall[])('returns the span of a real call: %j', async (expected) => {
    const spans = await callsWith(countedTelemetry(), 'ok');
    const kind = expected.side === 'client' ? SpanKind.CLIENT : SpanKind.SERVER;
    const span = assertTraced(spans, expected);
    expect(span.kind).toBe(kind);
    expect(spans).toContain(span);
  });

  it.each([
    [
      'another method',
      { method: 'test.Echo/Bidi', side: 'client' },
      'expected one client span of test.Echo/Bidi, but there is none',
    ],
    [
      'another code',
      { method: METHOD, side: 'server', code: 'NOT_FOUND' },
      `expected one server span of ${METHOD} { code: 'NOT_FOUND' }, but\n${SPAN_2}: code is 'OK', not 'NOT_FOUND'`,
    ],
    [
      'another code, as a number',
      { method: METHOD, side: 'server', code: 42 },
      `expected one server span of ${METHOD} { code: '42' }, but\n${SPAN_2}: code is 'OK', not '42'`,
    ],
    [
      'another name and other attributes',
      { method: METHOD, side: 'client', name: 'call', attributes: { 'rpc.system.name': 'grpc', tenant: ['a'] } },
      `expected one client span of ${METHOD} { name: 'call', attributes: { 'rpc.system.name': 'grpc', tenant: [ 'a' ] } }, but\n` +
        `${SPAN_1}: name is '${METHOD}', not 'call'; tenant is undefined, not [ 'a' ]`,
    ],
    ['two sides where one is meant', { method: METHOD }, `expected one span of ${METHOD}, but there are 2`],
  ] satisfies [string, ExpectedCall, string][])('refuses %s', async (_name, expected, message) => {
    const spans = await callsWith(countedTelemetry(), 'ok');
    expect(complaintOf(() => assertTraced(spans, expected))).toBe(`${message}\n\n${OK_TREE}`);
  });

  it('tells of two calls, and of each of them where neither is as expected', async () => {
    const spans = await callsWith(countedTelemetry(), 'ok', 'code 5');
    const tree = `${OK_TREE}\n\ntrace ${TRACE_2}\nCLIENT ${METHOD} NOT_FOUND ${SPAN_3}\n└ SERVER ${METHOD} NOT_FOUND 0000000000000004`;
    const expected = { method: METHOD, side: 'client' } as const;
    expect(complaintOf(() => assertTraced(spans, expected))).toBe(
      `expected one client span of ${METHOD}, but there are 2\n\n${tree}`,
    );
    expect(complaintOf(() => assertTraced(spans, { ...expected, code: 'ABORTED' }))).toBe(
      [
        `expected one client span of ${METHOD} { code: 'ABORTED' }, but`,
        `${SPAN_1}: code is 'OK', not 'ABORTED'`,
        `${SPAN_3}: code is 'NOT_FOUND', not 'ABORTED'`,
        '',
        tree,
      ].join('\n'),
    );
    expect(assertTraced(spans, { ...expected, code: 'NOT_FOUND' }).spanContext().spanId).toBe(SPAN_3);
  });

  it('tells that there are no spans', () => {
    expect(complaintOf(() => assertTraced([], { method: METHOD }))).toBe(
      `expected one span of ${METHOD}, but there is none\n\nthere are no spans`,
    );
  });

  it('takes no span for a call that is none, whatever its name', () => {
    const telemetry = countedTelemetry();
    record(telemetry, { kind: SpanKind.INTERNAL, attributes: called('OK') });
    record(telemetry);
    expect(callsIn(telemetry.spans, { method: 'a.B/C' })).toEqual([]);
    const renamed = record(telemetry, { name: 'x', attributes: called('OK') });
    expect(assertTraced(telemetry.spans, { method: 'a.B/C', name: 'x' })).toBe(renamed);
  });
});

describe('assertNotTraced', () => {
  it('holds for a call that a filter leaves out, and for another code', async () => {
    const telemetry = countedTelemetry();
    const { tracerProvider } = telemetry;
    const filter = (): boolean => false;
    const rig = await echo.start({ serverTracing: { tracerProvider, filter }, clientTracing: { tracerProvider } });
    await invoke(rig.client, 'Unary').result;
    await telemetry.ended(1);
    assertNotTraced(telemetry.spans, { method: METHOD, side: 'server' });
    assertNotTraced(telemetry.spans, { method: METHOD, code: 'ABORTED' });
    expect(complaintOf(() => assertNotTraced(telemetry.spans, { method: METHOD, code: 'OK' }))).toBe(
      `expected no span of ${METHOD} { code: 'OK' }, but there is one\n\ntrace ${TRACE_1}\nCLIENT ${METHOD} OK ${SPAN_1}`,
    );
  });

  it('counts', async () => {
    const spans = await callsWith(countedTelemetry(), 'ok');
    expect(complaintOf(() => assertNotTraced(spans, { method: METHOD }))).toBe(
      `expected no span of ${METHOD}, but there are 2\n\n${OK_TREE}`,
    );
  });
});

describe('assertChildOf and assertNotChildOf', () => {
  it('tell that the context of a real call arrived', async () => {
    const spans = await callsWith(countedTelemetry(), 'ok');
    const client = assertTraced(spans, { method: METHOD, side: 'client' });
    const server = assertTraced(spans, { method: METHOD, side: 'server' });
    assertChildOf(server, client);
    expect(complaintOf(() => assertNotChildOf(server, client))).toBe(
      `did not expect SERVER ${METHOD} OK to be a child of CLIENT ${METHOD} OK\n\n${OK_TREE}`,
    );
    expect(complaintOf(() => assertChildOf(client, server))).toBe(
      `expected CLIENT ${METHOD} OK to be a child of SERVER ${METHOD} OK, but it has no parent\n\n${OK_TREE}`,
    );
    assertNotChildOf(client, server);
  });

  it('tell that a server which does not trust its callers starts a trace of its own', async () => {
    const [client, server] = await callOfStranger();
    assertNotChildOf(server, client);
    expect(complaintOf(() => assertChildOf(server, client))).toBe(
      [
        `expected SERVER ${METHOD} OK to be a child of CLIENT ${METHOD} OK, but it is in another trace and it has no parent`,
        '',
        `trace ${TRACE_1}`,
        `CLIENT ${METHOD} OK ${SPAN_1}`,
        '',
        `trace ${TRACE_2}`,
        `SERVER ${METHOD} OK ${SPAN_2}, link to ${SPAN_1}`,
      ].join('\n'),
    );
  });

  it('tell the right parent from another one of the same trace', () => {
    const telemetry = countedTelemetry();
    const root = record(telemetry);
    const middle = record(telemetry, { parent: root });
    const leaf = record(telemetry, { parent: middle });
    assertChildOf(leaf, middle);
    assertNotChildOf(leaf, root);
    expect(complaintOf(() => assertChildOf(leaf, root))).toBe(
      [
        `expected CLIENT a.B/C to be a child of CLIENT a.B/C, but its parent is ${SPAN_2}, not ${SPAN_1}`,
        '',
        `trace ${TRACE_1}`,
        `CLIENT a.B/C ${SPAN_1}`,
        `CLIENT a.B/C ${SPAN_3}, parent ${SPAN_2} is not here`,
      ].join('\n'),
    );
  });

  it('tell the same span id in another trace', () => {
    const here = countedTelemetry();
    const there = countedTelemetry();
    record(there);
    const parent = record(here);
    const child = record(there, {
      parent: { ...parent, spanContext: () => ({ ...parent.spanContext(), traceId: TRACE_2 }) },
    });
    assertNotChildOf(child, parent);
    expect(complaintOf(() => assertChildOf(child, parent))).toMatch(/, but it is in another trace\n/);
  });

  it.each([
    ['both', SamplingDecision.RECORD, SamplingDecision.RECORD, 'the parent is not sampled and it is not sampled'],
    ['the parent', SamplingDecision.RECORD, SamplingDecision.RECORD_AND_SAMPLED, 'the parent is not sampled'],
    ['the child', SamplingDecision.RECORD_AND_SAMPLED, SamplingDecision.RECORD, 'it is not sampled'],
  ])('tell that a trace is not sampled: %s', (_name, above, below, message) => {
    const parent = record(countedTelemetry(new DecidingSampler(above)));
    const child = record(countedTelemetry(new DecidingSampler(below)), { parent });
    expect(complaintOf(() => assertChildOf(child, parent))).toContain(
      `to be a child of CLIENT a.B/C, but ${message}\n`,
    );
    // It is the child all the same.
    expect(complaintOf(() => assertNotChildOf(child, parent))).toMatch(/^did not expect /);
  });
});

describe('assertSpanLink and assertNoSpanLink', () => {
  /** A span that nobody recorded. */
  const UNKNOWN: SpanContext = { traceId: '9'.repeat(32), spanId: '9'.repeat(16), traceFlags: 1 };

  it('tell that a server which does not trust its caller keeps a link to it', async () => {
    const [client, server] = await callOfStranger();
    assertSpanLink(server, client);
    assertSpanLink(server, client.spanContext());
    assertNoSpanLink(client, server);
    const trees = [
      `trace ${TRACE_1}`,
      `CLIENT ${METHOD} OK ${SPAN_1}`,
      '',
      `trace ${TRACE_2}`,
      `SERVER ${METHOD} OK ${SPAN_2}, link to ${SPAN_1}`,
    ].join('\n');
    expect(complaintOf(() => assertNoSpanLink(server, client))).toBe(
      `did not expect SERVER ${METHOD} OK to have a link to CLIENT ${METHOD} OK\n\n${trees}`,
    );
    expect(complaintOf(() => assertSpanLink(client, server))).toBe(
      `expected CLIENT ${METHOD} OK to have a link to SERVER ${METHOD} OK, but it has no link\n\n${trees}`,
    );
  });

  it('take no parent for a link', async () => {
    const [client, server] = await callsWith(countedTelemetry(), 'ok').then((spans) => [
      assertTraced(spans, { method: METHOD, side: 'client' }),
      assertTraced(spans, { method: METHOD, side: 'server' }),
    ]);
    assertNoSpanLink(server, client);
    expect(complaintOf(() => assertSpanLink(server, client))).toBe(
      `expected SERVER ${METHOD} OK to have a link to CLIENT ${METHOD} OK, but it has no link\n\n${OK_TREE}`,
    );
  });

  it('compare the attributes of every link that leads there, as far as they are given', () => {
    const telemetry = countedTelemetry();
    const to = record(telemetry);
    const context = to.spanContext();
    const span = record(telemetry, {
      links: [{ context }, { context, attributes: { reason: 'retry', attempt: 2 } }, { context: UNKNOWN }],
    });
    assertSpanLink(span, to, {});
    assertSpanLink(span, to, { reason: 'retry' });
    assertSpanLink(span, to, { reason: 'retry', attempt: 2 });
    assertNoSpanLink(span, to, { reason: 'batch' });
    assertNoSpanLink(span, UNKNOWN, { reason: 'retry' });
    const trees = [
      `trace ${TRACE_1}`,
      `CLIENT a.B/C ${SPAN_1}`,
      '',
      `trace ${TRACE_2}`,
      `CLIENT a.B/C ${SPAN_2}, link to ${SPAN_1}, link to ${SPAN_1} { reason: 'retry', attempt: 2 }, ` +
        `link to ${UNKNOWN.spanId} of trace ${UNKNOWN.traceId} (not here)`,
    ].join('\n');
    expect(complaintOf(() => assertSpanLink(span, to, { reason: 'batch', attempt: 2 }))).toBe(
      [
        "expected CLIENT a.B/C to have a link to CLIENT a.B/C { reason: 'batch', attempt: 2 }, but",
        "reason is undefined, not 'batch'; attempt is undefined, not 2",
        "reason is 'retry', not 'batch'",
        '',
        trees,
      ].join('\n'),
    );
    expect(complaintOf(() => assertNoSpanLink(span, to, { attempt: 2 }))).toBe(
      `did not expect CLIENT a.B/C to have a link to CLIENT a.B/C { attempt: 2 }\n\n${trees}`,
    );
  });

  it('tell of links that lead elsewhere, to spans that are not here too', () => {
    const telemetry = countedTelemetry();
    const one = record(telemetry, { links: [{ context: UNKNOWN }] });
    assertSpanLink(one, UNKNOWN);
    const elsewhere = `link to ${UNKNOWN.spanId} of trace ${UNKNOWN.traceId} (not here)`;
    expect(complaintOf(() => assertSpanLink(one, one))).toBe(
      [
        'expected CLIENT a.B/C to have a link to CLIENT a.B/C, but its link leads elsewhere',
        '',
        `trace ${TRACE_1}`,
        `CLIENT a.B/C ${SPAN_1}, ${elsewhere}`,
      ].join('\n'),
    );
    // The same span id in another trace, and another span of the same trace, are other spans.
    const near = [
      { ...UNKNOWN, traceId: TRACE_1 },
      { ...UNKNOWN, spanId: SPAN_1 },
    ].map((context) => ({ context }));
    const two = record(telemetry, { links: near });
    assertNoSpanLink(two, UNKNOWN);
    expect(complaintOf(() => assertSpanLink(two, UNKNOWN))).toBe(
      [
        `expected CLIENT a.B/C to have a link to span ${UNKNOWN.spanId} of trace ${UNKNOWN.traceId}, but its 2 links lead elsewhere`,
        '',
        `trace ${TRACE_2}`,
        `CLIENT a.B/C ${SPAN_2}, link to ${UNKNOWN.spanId} of trace ${TRACE_1} (not here), ` +
          `link to ${SPAN_1} of trace ${UNKNOWN.traceId} (not here)`,
      ].join('\n'),
    );
    expect(complaintOf(() => assertNoSpanLink(one, UNKNOWN))).toBe(
      [
        `did not expect CLIENT a.B/C to have a link to span ${UNKNOWN.spanId} of trace ${UNKNOWN.traceId}`,
        '',
        `trace ${TRACE_1}`,
        `CLIENT a.B/C ${SPAN_1}, ${elsewhere}`,
      ].join('\n'),
    );
  });
});

describe('what is no span, list or method is refused', () => {
  // The casts: JavaScript has no compiler to tell.
  const none = trace.wrapSpanContext({ traceId: TRACE_1, spanId: SPAN_1, traceFlags: 1 }) as unknown as RecordedSpan;
  const noList = undefined as unknown as RecordedSpan[];

  it.each([
    ['no parent', (span) => assertChildOf(span, undefined), 'expected a recorded span for the parent, got undefined'],
    ['no child', (span) => assertChildOf(undefined, span), 'expected a recorded span for the child, got undefined'],
    ['null', (span) => assertNotChildOf(null as never, span), 'expected a recorded span for the child, got null'],
    [
      'what is no span, without its depths',
      (span) => assertChildOf({ a: { b: 1 } } as never, span),
      'expected a recorded span for the child, got { a: [Object] }',
    ],
    [
      'no span with links',
      (span) => assertSpanLink(undefined, span),
      'expected a recorded span with links, got undefined',
    ],
    [
      'no span with links, where none is expected',
      (span) => assertNoSpanLink('span' as never, span),
      "expected a recorded span with links, got 'span'",
    ],
    [
      'nothing to link to',
      (span) => assertSpanLink(span, undefined),
      'expected a recorded span or a span context for the link, got undefined',
    ],
    [
      'half a context',
      (span) => assertNoSpanLink(span, { traceId: TRACE_1 } as never),
      `expected a recorded span or a span context for the link, got { traceId: '${TRACE_1}' }`,
    ],
    [
      'a context whose trace id is no text',
      (span) => assertNoSpanLink(span, { traceId: 1n, spanId: SPAN_1 } as never),
      `expected a recorded span or a span context for the link, got { traceId: 1n, spanId: '${SPAN_1}' }`,
    ],
    [
      'a context whose span id is no text',
      (span) => assertNoSpanLink(span, { traceId: TRACE_1, spanId: 2n } as never),
      `expected a recorded span or a span context for the link, got { traceId: '${TRACE_1}', spanId: 2n }`,
    ],
    [
      'a span that keeps nothing, to link to',
      (span) => assertSpanLink(span, none),
      'expected a recorded span or a span context for the link, got NonRecordingSpan { _spanContext: [Object] }',
    ],
    ['no list', () => assertTraced(noList, { method: METHOD }), 'expected a list of recorded spans, got undefined'],
    [
      'a span for the list',
      (span) => assertNotTraced(span as never, { method: METHOD }),
      /^expected a list of recorded spans, got SpanImpl /,
    ],
    [
      'a span that keeps nothing',
      () => assertTraced([none], { method: METHOD }),
      'expected a list of recorded spans, got [ [NonRecordingSpan] ]',
    ],
    [
      'a bare method',
      (span) => assertNotTraced([span], { method: 'Unary' }),
      "expected 'package.Service/Method', got 'Unary'",
    ],
    [
      'a bare method with a slash',
      (span) => callsIn([span], { method: '/Unary' }),
      "expected 'package.Service/Method', got '/Unary'",
    ],
  ] satisfies [string, (span: RecordedSpan) => unknown, string | RegExp][])('%s', (_name, assertion, message) => {
    const span = record(countedTelemetry());
    expect(() => assertion(span)).toThrow(TypeError);
    expect(() => assertion(span)).toThrow(typeof message === 'string' ? new TypeError(message) : message);
  });
});
