import { AssertionError } from 'node:assert';
import { status } from '@grpc/grpc-js';
import { SpanKind, trace } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace-node';
import {
  assertLinked,
  assertNotLinked,
  assertNotTraced,
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

describe('assertLinked and assertNotLinked', () => {
  it('tell that the context of a real call arrived', async () => {
    const spans = await callsWith(countedTelemetry(), 'ok');
    const client = assertTraced(spans, { method: METHOD, side: 'client' });
    const server = assertTraced(spans, { method: METHOD, side: 'server' });
    assertLinked(client, server);
    expect(complaintOf(() => assertNotLinked(client, server))).toBe(
      `did not expect SERVER ${METHOD} OK to be linked to CLIENT ${METHOD} OK\n\n${OK_TREE}`,
    );
    expect(complaintOf(() => assertLinked(server, client))).toBe(
      `expected CLIENT ${METHOD} OK to be linked to SERVER ${METHOD} OK, but it has no parent\n\n${OK_TREE}`,
    );
    assertNotLinked(server, client);
  });

  it('tell that a server which does not trust its callers starts a trace of its own', async () => {
    const telemetry = countedTelemetry();
    const { tracerProvider } = telemetry;
    const rig = await echo.start({
      serverTracing: { tracerProvider, trustIncoming: false },
      clientTracing: { tracerProvider },
    });
    await invoke(rig.client, 'Unary').result;
    const spans = await telemetry.ended(2);
    const client = assertTraced(spans, { method: METHOD, side: 'client' });
    const server = assertTraced(spans, { method: METHOD, side: 'server' });
    assertNotLinked(client, server);
    expect(complaintOf(() => assertLinked(client, server))).toBe(
      [
        `expected SERVER ${METHOD} OK to be linked to CLIENT ${METHOD} OK, but it is in another trace and it has no parent`,
        '',
        `trace ${TRACE_1}`,
        `CLIENT ${METHOD} OK ${SPAN_1}`,
        '',
        `trace ${TRACE_2}`,
        `SERVER ${METHOD} OK ${SPAN_2}`,
      ].join('\n'),
    );
  });

  it('tell the right parent from another one of the same trace', () => {
    const telemetry = countedTelemetry();
    const root = record(telemetry);
    const middle = record(telemetry, { parent: root });
    const leaf = record(telemetry, { parent: middle });
    assertLinked(middle, leaf);
    assertNotLinked(root, leaf);
    expect(complaintOf(() => assertLinked(root, leaf))).toBe(
      [
        `expected CLIENT a.B/C to be linked to CLIENT a.B/C, but its parent is ${SPAN_2}, not ${SPAN_1}`,
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
    assertNotLinked(parent, child);
    expect(complaintOf(() => assertLinked(parent, child))).toMatch(/, but it is in another trace\n/);
  });

  it.each([
    ['both', SamplingDecision.RECORD, SamplingDecision.RECORD, 'the parent is not sampled and it is not sampled'],
    ['the parent', SamplingDecision.RECORD, SamplingDecision.RECORD_AND_SAMPLED, 'the parent is not sampled'],
    ['the child', SamplingDecision.RECORD_AND_SAMPLED, SamplingDecision.RECORD, 'it is not sampled'],
  ])('tell that a trace is not sampled: %s', (_name, above, below, message) => {
    const parent = record(countedTelemetry(new DecidingSampler(above)));
    const child = record(countedTelemetry(new DecidingSampler(below)), { parent });
    expect(complaintOf(() => assertLinked(parent, child))).toContain(`to be linked to CLIENT a.B/C, but ${message}\n`);
    // It is the child all the same.
    expect(complaintOf(() => assertNotLinked(parent, child))).toMatch(/^did not expect /);
  });
});

describe('what is no span, list or method is refused', () => {
  // The casts: JavaScript has no compiler to tell.
  const none = trace.wrapSpanContext({ traceId: TRACE_1, spanId: SPAN_1, traceFlags: 1 }) as unknown as RecordedSpan;
  const noList = undefined as unknown as RecordedSpan[];

  it.each([
    ['no parent', (span) => assertLinked(undefined, span), 'expected a recorded span for the parent, got undefined'],
    ['no child', (span) => assertLinked(span, undefined), 'expected a recorded span for the child, got undefined'],
    ['null', (span) => assertNotLinked(span, null as never), 'expected a recorded span for the child, got null'],
    [
      'what is no span, without its depths',
      (span) => assertLinked(span, { a: { b: 1 } } as never),
      'expected a recorded span for the child, got { a: [Object] }',
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
