import { Metadata } from '@grpc/grpc-js';
import { propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { suppressTracing } from 'otel-core-2';
import { GrpcTraceBinPropagator } from '../../lib/propagation/grpc-trace-bin.js';
import { metadataGetter, metadataSetter } from '../../lib/propagation/metadata-carrier.js';
import { w3cPropagator } from '../../lib/propagation/w3c.js';
import {
  contextOf,
  extract,
  inject,
  SPAN_ID,
  spanContextIn,
  TRACE_ID,
  TRACEPARENT,
  type Headers,
} from '../helpers/propagation/text-map.js';

const propagator = new GrpcTraceBinPropagator();

// The valid example of OpenCensus' "Binary Format".
const EXAMPLE = Buffer.from([
  0, 0, 75, 249, 47, 53, 119, 179, 77, 166, 163, 206, 146, 157, 0, 14, 71, 54, 1, 52, 240, 103, 170, 11, 169, 2, 183, 2,
  1,
]);
const EXAMPLE_SPAN = {
  traceId: '4bf92f3577b34da6a3ce929d000e4736',
  spanId: '34f067aa0ba902b7',
  traceFlags: 1,
  isRemote: true,
};
const VERSION = EXAMPLE.subarray(0, 1);
const TRACE = EXAMPLE.subarray(1, 18);
const SPAN = EXAMPLE.subarray(18, 27);
const FLAGS = EXAMPLE.subarray(27);
const found = { ...EXAMPLE_SPAN, traceState: '' };
const unsampled = { ...found, traceFlags: 0 };

function changed(at: number, byte: number): Buffer {
  const bytes = Buffer.from(EXAMPLE);
  bytes[at] = byte;
  return bytes;
}

const read = (header: Headers[string]) => spanContextIn(extract(propagator, { 'grpc-trace-bin': header }));

test('writes the example of the specification', () => {
  expect(inject(propagator, contextOf(EXAMPLE_SPAN))).toEqual({ 'grpc-trace-bin': EXAMPLE.toString('base64') });
});

test.each([
  ['as written', EXAMPLE, found],
  ['sampled bit unset', changed(28, 0), unsampled],
  ['other bits of the flags are not defined', changed(28, 0xfe), unsampled],
  ['all bits of the flags', changed(28, 0xff), found],
  ['flags may be missing', EXAMPLE.subarray(0, 27), unsampled],
  ['fields in another order', Buffer.concat([VERSION, FLAGS, SPAN, TRACE]), found],
  ['an unknown field at the end', Buffer.concat([EXAMPLE, Buffer.from([3, 1, 2, 3])]), found],
  ['an unknown field instead of the flags', changed(27, 3), unsampled],
  ['an unknown field that is megabytes long', Buffer.concat([EXAMPLE, Buffer.alloc(1_000_000, 255)]), found],
  ['an unknown field before the span id ends the reading', changed(18, 9), undefined],
  ['no span id', Buffer.concat([VERSION, TRACE, FLAGS]), undefined],
  ['no trace id', Buffer.concat([VERSION, SPAN, FLAGS]), undefined],
  ['a trace id twice', Buffer.concat([VERSION, TRACE, TRACE, SPAN]), undefined],
  ['flags twice', Buffer.concat([VERSION, FLAGS, FLAGS, TRACE, SPAN]), undefined],
  ['flags twice, at the end', Buffer.concat([EXAMPLE, FLAGS]), undefined],
  ['the whole header twice', Buffer.concat([EXAMPLE, EXAMPLE]), undefined],
  ['a version that is not known', changed(0, 1), undefined],
  ['version 255', changed(0, 255), undefined],
  ['a trace id of zeros', Buffer.concat([VERSION, Buffer.alloc(17), SPAN, FLAGS]), undefined],
  ['a span id of zeros', Buffer.concat([VERSION, TRACE, Buffer.from([1]), Buffer.alloc(8), FLAGS]), undefined],
  ['the trace id cut off', EXAMPLE.subarray(0, 17), undefined],
  ['the span id cut off', EXAMPLE.subarray(0, 26), undefined],
  ['the flags cut off', EXAMPLE.subarray(0, 28), undefined],
  ['only a version', VERSION, undefined],
  ['nothing', Buffer.alloc(0), undefined],
  ['only zeros', Buffer.alloc(29), undefined],
])('reads %s', (_what, bytes, span) => {
  expect(read(bytes.toString('base64'))).toEqual(span);
});

test.each<[string, Headers[string], unknown]>([
  ['base64 without padding', EXAMPLE.toString('base64').replaceAll('=', ''), found],
  ['base64url', EXAMPLE.toString('base64url'), found],
  ['one value in an array', [EXAMPLE.toString('base64')], found],
  ['two values', [EXAMPLE.toString('base64'), EXAMPLE.toString('base64')], undefined],
  ['no values', [], undefined],
  ['no header', undefined, undefined],
  ['not base64', '\u0000🦊', undefined],
  ['hex', EXAMPLE.toString('hex'), undefined],
  ['a traceparent', TRACEPARENT, undefined],
])('reads %s', (_what, header, span) => {
  expect(read(header)).toEqual(span);
});

test('what cannot be read leaves the context as it is', () => {
  const context = contextOf();
  expect(extract(propagator, { 'grpc-trace-bin': 'AAAA' }, context)).toBe(context);
  expect(extract(propagator, {}, context)).toBe(context);
});

test.each([
  ['no span', ROOT_CONTEXT],
  ['an invalid trace id', contextOf({ traceId: '0'.repeat(32) })],
  ['an invalid span id', contextOf({ spanId: 'nothex' })],
  ['suppressed tracing', suppressTracing(contextOf())],
])('writes nothing for %s', (_what, context) => {
  expect(inject(propagator, context)).toEqual({});
});

test('writes the sampled bit alone, and upper-case ids as well', () => {
  const header = inject(propagator, contextOf({ traceFlags: 0xff, traceId: TRACE_ID.toUpperCase() }))['grpc-trace-bin'];
  expect(read(header)).toEqual({ traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: 1, isRemote: true, traceState: '' });
  expect(Buffer.from(header ?? '', 'base64')[28]).toBe(1);
});

test('names its field', () => {
  expect(propagator.fields()).toEqual(['grpc-trace-bin']);
});

describe('over metadata', () => {
  test('29 bytes, and back', () => {
    const metadata = new Metadata();
    propagator.inject(contextOf(EXAMPLE_SPAN), metadata, metadataSetter);
    expect(metadata.get('grpc-trace-bin')).toEqual([EXAMPLE]);
    expect(spanContextIn(propagator.extract(ROOT_CONTEXT, metadata, metadataGetter))).toEqual(found);
  });

  test('beside W3C: both are written, baggage and all; of those that arrive the later in the list wins', () => {
    const both = [w3cPropagator, propagator];
    const metadata = new Metadata();
    const context = propagation.setBaggage(contextOf(), propagation.createBaggage({ a: { value: '1' } }));
    for (const each of both) each.inject(context, metadata, metadataSetter);
    expect(Object.keys(metadata.getMap()).sort()).toEqual(['baggage', 'grpc-trace-bin', 'traceparent']);

    metadata.set('grpc-trace-bin', EXAMPLE);
    const read = (list: typeof both) =>
      trace.getSpanContext(list.reduce((sofar, each) => each.extract(sofar, metadata, metadataGetter), ROOT_CONTEXT))
        ?.traceId;
    expect(read(both)).toBe(EXAMPLE_SPAN.traceId);
    expect(read([...both].reverse())).toBe(TRACE_ID);
    metadata.remove('grpc-trace-bin');
    expect(read(both)).toBe(TRACE_ID);
  });
});
