import { context, INVALID_SPAN_CONTEXT, ROOT_CONTEXT, trace, TraceFlags, type SpanContext } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AlwaysOffSampler, AlwaysOnSampler, NodeTracerProvider, type Sampler } from '@opentelemetry/sdk-trace-node';
import { spanId, traceFields, traceId } from '../lib/log-context.js';

const NOTHING = { traceId: '', spanId: '', fields: {} };

const read = () => ({ traceId: traceId(), spanId: spanId(), fields: traceFields() });

const startSpan = (sampler: Sampler = new AlwaysOnSampler()) =>
  new NodeTracerProvider({ sampler }).getTracer('test').startSpan('a span');

const REMOTE: SpanContext = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: TraceFlags.SAMPLED,
  isRemote: true,
};

/** Reads inside a span that has this context. */
const readIn = (spanContext: SpanContext) => context.with(trace.setSpanContext(ROOT_CONTEXT, spanContext), read);

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});

afterAll(() => {
  context.disable();
});

test('inside a span a log line gets the ids of that span', () => {
  const span = startSpan();
  const { traceId, spanId } = span.spanContext();
  expect(context.with(trace.setSpan(ROOT_CONTEXT, span), read)).toStrictEqual({
    traceId,
    spanId,
    fields: { trace_id: traceId, span_id: spanId, trace_flags: '01' },
  });
});

test('outside a span a log line gets nothing', () => {
  expect(read()).toStrictEqual(NOTHING);
});

test('after an await it is still the same span', async () => {
  const span = startSpan();
  const later = await context.with(trace.setSpan(ROOT_CONTEXT, span), async () => {
    await new Promise(setImmediate);
    return read();
  });
  expect(later).toMatchObject({ traceId: span.spanContext().traceId, spanId: span.spanContext().spanId });
});

test('the innermost span counts, and the outer one again when it is left', () => {
  const [outer, inner] = [startSpan(), startSpan()];
  const seen = context.with(trace.setSpan(ROOT_CONTEXT, outer), () => [
    spanId(),
    context.with(trace.setSpan(context.active(), inner), spanId),
    spanId(),
  ]);
  const [outerId, innerId] = [outer.spanContext().spanId, inner.spanContext().spanId];
  expect(seen).toStrictEqual([outerId, innerId, outerId]);
});

test('a span that is not sampled has ids, and flags that say so', () => {
  const span = startSpan(new AlwaysOffSampler());
  const { traceId, spanId } = span.spanContext();
  expect(context.with(trace.setSpan(ROOT_CONTEXT, span), read)).toStrictEqual({
    traceId,
    spanId,
    fields: { trace_id: traceId, span_id: spanId, trace_flags: '00' },
  });
});

test('a caller’s span that was passed on counts too', () => {
  expect(readIn(REMOTE)).toStrictEqual({
    traceId: REMOTE.traceId,
    spanId: REMOTE.spanId,
    fields: { trace_id: REMOTE.traceId, span_id: REMOTE.spanId, trace_flags: '01' },
  });
});

test.each([
  [0x00, '00'],
  [0x01, '01'],
  [0x0a, '0a'],
  [0x03, '03'],
  [0xff, 'ff'],
  [0x101, '01'],
  [-1, 'ff'],
  [NaN, '00'],
])('flags %p are two hex digits: %s', (traceFlags, expected) => {
  expect(readIn({ ...REMOTE, traceFlags }).fields.trace_flags).toBe(expected);
});

test.each<[what: string, spanContext: SpanContext]>([
  ['all zeros, as where no SDK is registered', INVALID_SPAN_CONTEXT],
  ['a trace id of zeros', { ...REMOTE, traceId: '0'.repeat(32) }],
  ['a span id of zeros', { ...REMOTE, spanId: '0'.repeat(16) }],
  ['a trace id too short', { ...REMOTE, traceId: 'abc' }],
  ['an empty span id', { ...REMOTE, spanId: '' }],
  ['no hex digits', { ...REMOTE, spanId: '\n'.repeat(16) }],
])('an invalid span context is none: %s', (_what, spanContext) => {
  expect(readIn(spanContext)).toStrictEqual(NOTHING);
});

test('the fields spread into a log line, inside and outside a span', () => {
  const line = () => ({ msg: 'hello', ...traceFields() });
  expect(line()).toStrictEqual({ msg: 'hello' });
  expect(context.with(trace.setSpanContext(ROOT_CONTEXT, REMOTE), line)).toStrictEqual({
    msg: 'hello',
    trace_id: REMOTE.traceId,
    span_id: REMOTE.spanId,
    trace_flags: '01',
  });
});
