// Every MUST of W3C Trace Context (Level 2) and W3C Baggage that concerns a propagator, by its clause. What they ask of
// tracers (new ids, the sampled flag of a new span) is the SDK's, what they ask of HTTP libraries is grpc-js's.
import { Metadata } from '@grpc/grpc-js';
import { propagation, ROOT_CONTEXT, trace, type BaggageEntry } from '@opentelemetry/api';
import { metadataGetter } from '../../lib/propagation/metadata-carrier.js';
import { w3cPropagator } from '../../lib/propagation/w3c.js';
import {
  baggageIn,
  contextOf,
  extract,
  inject,
  SPAN_ID,
  spanContextIn,
  TRACE_ID,
  TRACEPARENT,
  type Headers,
} from '../helpers/propagation/text-map.js';

const spanOf = (headers: Headers) => spanContextIn(extract(w3cPropagator, headers));
const baggageOf = (baggage: string | string[]) => baggageIn(extract(w3cPropagator, { baggage }));
/** What a process that only passes the context on sends for what it received. */
const forwarded = (headers: Headers) => inject(w3cPropagator, extract(w3cPropagator, headers));
const sentBaggage = (entries: Record<string, BaggageEntry>) =>
  inject(w3cPropagator, propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage(entries)))['baggage'];
const members = (count: number, member: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => member(i)).join(',');

describe('Trace Context', () => {
  test.each(['traceparent', 'TraceParent', 'TRACEPARENT'])(
    '3.2.1 MUST expect the header name in any case: %s',
    (name) => {
      const metadata = new Metadata();
      metadata.set(name, TRACEPARENT);
      const context = w3cPropagator.extract(ROOT_CONTEXT, metadata, metadataGetter);
      expect(spanContextIn(context)?.traceId).toBe(TRACE_ID);
    },
  );

  test.each(['tracestate', 'TraceState', 'TRACESTATE'])('3.3.1 MUST expect the header name in any case: %s', (name) => {
    const metadata = new Metadata();
    metadata.set('traceparent', TRACEPARENT);
    metadata.set(name, 'a=1');
    const context = w3cPropagator.extract(ROOT_CONTEXT, metadata, metadataGetter);
    expect(spanContextIn(context)?.traceState).toBe('a=1');
  });

  test.each([
    ['all zero', `00-${'0'.repeat(32)}-${SPAN_ID}-01`],
    ['upper case', `00-${TRACE_ID.toUpperCase()}-${SPAN_ID}-01`],
    ['not hex', `00-${TRACE_ID.slice(1)}g-${SPAN_ID}-01`],
    ['too short', `00-${TRACE_ID.slice(1)}-${SPAN_ID}-01`],
    ['too long', `00-${TRACE_ID}0-${SPAN_ID}-01`],
  ])('3.2.2.3 invalid trace-id: MUST ignore the traceparent: %s', (_what, traceparent) => {
    expect(spanOf({ traceparent })).toBeUndefined();
  });

  test.each([
    ['all zero', `00-${TRACE_ID}-${'0'.repeat(16)}-01`],
    ['upper case', `00-${TRACE_ID}-${SPAN_ID.toUpperCase()}-01`],
    ['not hex', `00-${TRACE_ID}-${SPAN_ID.slice(1)}x-01`],
    ['too short', `00-${TRACE_ID}-${SPAN_ID.slice(1)}-01`],
    ['too long', `00-${TRACE_ID}-${SPAN_ID}0-01`],
  ])('3.2.2.4 invalid parent-id: MUST ignore the traceparent: %s', (_what, traceparent) => {
    expect(spanOf({ traceparent })).toBeUndefined();
  });

  test.each([
    ['set in the incoming, MUST be set in the outgoing', '02'],
    ['set with sampled', '03'],
    ['unset in the incoming, MUST be unset in the outgoing', '00'],
    ['unset with sampled', '01'],
  ])('3.2.2.5.2 random-trace-id flag with the same trace-id: %s', (_what, flags) => {
    const traceparent = `00-${TRACE_ID}-${SPAN_ID}-${flags}`;
    expect(forwarded({ traceparent })).toEqual({ traceparent });
  });

  test.each([
    ['04', '00'],
    ['09', '01'],
    ['80', '00'],
    ['fc', '00'],
    ['ff', '03'],
  ])('3.2.2.5.3 other flags MUST be set to zero: %s goes out as %s', (flags, sent) => {
    expect(forwarded({ traceparent: `00-${TRACE_ID}-${SPAN_ID}-${flags}` })).toEqual({
      traceparent: `00-${TRACE_ID}-${SPAN_ID}-${sent}`,
    });
    expect(inject(w3cPropagator, contextOf({ traceFlags: Number.parseInt(flags, 16) }))).toEqual({
      traceparent: `00-${TRACE_ID}-${SPAN_ID}-${sent}`,
    });
  });

  test.each([
    ['32 characters that are hex', `cc-${TRACE_ID.slice(1)}g-${SPAN_ID}-01`],
    ['followed by a dash', `cc-${TRACE_ID}.${SPAN_ID}-01`],
    ['16 characters that are hex', `cc-${TRACE_ID}-${SPAN_ID.slice(1)}g-01`],
    ['followed by a dash', `cc-${TRACE_ID}-${SPAN_ID}.01`],
    ['2 characters at the end or followed by a dash', `cc-${TRACE_ID}-${SPAN_ID}-01.what-the-future-will-be`],
    ['2 characters, not three', `cc-${TRACE_ID}-${SPAN_ID}-012`],
    ['55 characters', `cc-${TRACE_ID}-${SPAN_ID}-1`],
  ])('3.2.4 higher version, MUST check: %s', (_what, traceparent) => {
    expect(spanOf({ traceparent })).toBeUndefined();
  });

  test.each([
    ['alone', `cc-${TRACE_ID}-${SPAN_ID}-01`],
    ['with unknown fields', `cc-${TRACE_ID}-${SPAN_ID}-01-what-the-future-will-be-like`],
    ['with an empty field', `01-${TRACE_ID}-${SPAN_ID}-01-`],
    ['with unknown flags', `fe-${TRACE_ID}-${SPAN_ID}-ff`],
  ])('3.2.4 higher version, MUST NOT assume anything about unknown fields, MUST send 00: %s', (_what, traceparent) => {
    expect(forwarded({ traceparent })).toEqual({ traceparent: TRACEPARENT });
  });

  test.each([
    ['absent', undefined],
    ['invalid', `00-${TRACE_ID}-${'0'.repeat(16)}-01`],
    ['of version ff', `ff-${TRACE_ID}-${SPAN_ID}-01`],
    ['repeated', [TRACEPARENT, TRACEPARENT]],
  ])('3.3 MUST NOT parse tracestate where traceparent is %s', (_what, traceparent) => {
    const read: string[] = [];
    const headers: Headers = { traceparent, tracestate: 'a=1' };
    const context = w3cPropagator.extract(ROOT_CONTEXT, headers, {
      keys: () => [],
      get: (_carrier, key) => {
        read.push(key);
        return headers[key];
      },
    });
    expect(context).toBe(ROOT_CONTEXT);
    expect(read).not.toContain('tracestate');
  });

  test.each(['=', 'a', 'A=1', 'a=1,,=,b', '\u0000', '🦊=🦊', 'a='])(
    '3.3 failure to parse tracestate MUST NOT affect traceparent: %j',
    (tracestate) => {
      expect(spanOf({ traceparent: TRACEPARENT, tracestate })).toMatchObject({ traceId: TRACE_ID, spanId: SPAN_ID });
    },
  );

  test('3.3.2 multiple tracestate headers MUST be combined in their order', () => {
    const tracestate = ['a=1,b=2', 'c=3', 'd=4'];
    expect(spanOf({ traceparent: TRACEPARENT, tracestate })?.traceState).toBe('a=1,b=2,c=3,d=4');
  });

  test.each([
    ['empty', ''],
    ['white space', ' \t '],
    ['empty members', ',, ,\t,'],
  ])('3.3.2 MUST accept empty tracestate headers: %s', (_what, tracestate) => {
    expect(forwarded({ traceparent: TRACEPARENT, tracestate })).toEqual({ traceparent: TRACEPARENT });
    expect(spanOf({ traceparent: TRACEPARENT, tracestate: [tracestate, 'a=1', tracestate] })?.traceState).toBe('a=1');
  });

  test.each(['Foo', '_foo', '@foo', '-a', '*', '/', 'fo o', 'foo.bar', 'föö', `f${'o'.repeat(256)}`])(
    '3.3.2.2.1 a key MUST begin with a letter or digit and hold the listed characters: %s',
    (key) => {
      expect(spanOf({ traceparent: TRACEPARENT, tracestate: `a=1,${key}=2,b=3` })?.traceState).toBe('a=1,b=3');
    },
  );

  test('3.3.2.2.2 leading spaces of a value MUST be preserved, trailing ones are none of it', () => {
    expect(spanOf({ traceparent: TRACEPARENT, tracestate: 'a=  1 2  ,b=3' })?.traceState).toBe('a=  1 2,b=3');
  });

  test('3.3.3.1 MUST truncate whole entries: first those above 128 characters, then from the end', () => {
    const long = `long=${'x'.repeat(124)}`;
    const short = members(9, (i) => `k${i}=${'v'.repeat(60)}`);
    expect(`${long},${short}`.length).toBeGreaterThan(512);
    expect(spanOf({ traceparent: TRACEPARENT, tracestate: `${long},${short}` })?.traceState).toBe(
      members(8, (i) => `k${i}=${'v'.repeat(60)}`),
    );
  });

  test('3.4 MUST send the traceparent received, and unchanged MUST NOT modify tracestate', () => {
    const headers = { traceparent: TRACEPARENT, tracestate: 'rojo=00f067aa0ba902b7,congo= t61rcWkgMzE,1a@b=~!' };
    expect(forwarded(headers)).toEqual(headers);
  });

  test('3.5 the order of unmodified pairs MUST be preserved', () => {
    const tracestate = 'z=1,1@b=2,a=3,m=4';
    expect(forwarded({ traceparent: TRACEPARENT, tracestate })['tracestate']).toBe(tracestate);
  });

  test.each([
    ['modified keys MUST be moved to the left', 'b', 'b=new,a=1,c=3'],
    ['a new key to the left too', 'd', 'd=new,a=1,b=2,c=3'],
  ])('3.5 %s, and no key MUST be there twice', (_what, key, tracestate) => {
    const received = extract(w3cPropagator, { traceparent: TRACEPARENT, tracestate: 'a=1,b=2,c=3' });
    const traceState = trace.getSpanContext(received)?.traceState?.set(key, 'new');
    expect(inject(w3cPropagator, contextOf({ ...(traceState && { traceState }) }))['tracestate']).toBe(tracestate);
  });
});

describe('Baggage', () => {
  test('3.2.1.2 white space around a key MUST be trimmed', () => {
    expect(baggageOf('\t a \t=1')).toEqual([['a', '1', '']]);
  });

  test('3.2.1.3 white space around a value MUST be trimmed', () => {
    expect(baggageOf('a= \t1\t ,b=\t2\t;p')).toEqual([
      ['a', '1', ''],
      ['b', '2', 'p'],
    ]);
  });

  test('3.2.1.3 MUST NOT assume that = only separates key and value', () => {
    expect(baggageOf('a=1=2==;p=3=4')).toEqual([['a', '1=2==', 'p=3=4']]);
  });

  test.each([
    [' ', '%20'],
    ['"', '%22'],
    [',', '%2C'],
    [';', '%3B'],
    ['\\', '%5C'],
    ['\u0000', '%00'],
    ['\r\n', '%0D%0A'],
    ['\u007f', '%7F'],
    ['é', '%C3%A9'],
    ['🦊', '%F0%9F%A6%8A'],
  ])('3.2.1.3 what is not a baggage-octet MUST be percent-encoded: %j', (value, encoded) => {
    expect(sentBaggage({ a: { value: `<${value}>` } })).toBe(`a=%3C${encoded}%3E`);
    expect(baggageOf(`a=<${encoded}>`)).toEqual([['a', `<${value}>`, '']]);
  });

  test('3.2.1.3 the percent sign MUST be percent-encoded', () => {
    expect(sentBaggage({ a: { value: '%20' } })).toBe('a=%2520');
    expect(baggageOf('a=%2520')).toEqual([['a', '%20', '']]);
  });

  test.each([
    ['a lone continuation byte', 'x%80y', 'x\ufffdy'],
    ['a sequence cut off', 'x%E2%82y', 'x\ufffdy'],
    ['an overlong form', '%C0%AF', '\ufffd\ufffd'],
    ['a surrogate', '%ED%A0%80', '\ufffd\ufffd\ufffd'],
    ['beyond Unicode', '%F4%90%80%80', '\ufffd\ufffd\ufffd\ufffd'],
    ['beside what is right', '%C3%A9%FF%20', 'é\ufffd '],
  ])('3.2.1.3 octets that are not UTF-8 MUST become U+FFFD: %s', (_what, value, decoded) => {
    expect(baggageOf(`a=${value},b=1`)).toEqual([
      ['a', decoded, ''],
      ['b', '1', ''],
    ]);
  });

  test('3.2.1.4 white space around properties MUST be trimmed', () => {
    expect(baggageOf('a=1 ; p \t;\tq = 2 ; r')).toEqual([['a', '1', 'p;q=2;r']]);
  });

  test('3.2.1.4 of a property’s value, what is not a baggage-octet MUST be percent-encoded', () => {
    const metadata = { toString: () => 'p=a b,c"d\\e\né;q=%20' };
    const sent = sentBaggage({ a: { value: '1', metadata: metadata as NonNullable<BaggageEntry['metadata']> } });
    expect(sent).toBe('a=1;p=a%20b%2Cc%22d%5Ce%0A%C3%A9;q=%20');
  });

  test('3.2.2 MUST propagate 64 members', () => {
    const baggage = members(64, (i) => `key${i}=value${i}`);
    expect(forwarded({ baggage })).toEqual({ baggage });
  });

  test('3.2.2 MUST propagate 8,192 bytes', () => {
    const baggage = members(64, (i) => `k${String(i).padStart(2, '0')}=${'v'.repeat(i === 0 ? 124 : 123)}`);
    expect(baggage).toHaveLength(8192);
    expect(forwarded({ baggage })).toEqual({ baggage });
  });

  test('3.2.2 MUST NOT propagate partial members', () => {
    const baggage = members(80, (i) => `k${String(i).padStart(2, '0')}=${'v'.repeat(123)}`);
    const whole = baggage.split(',');
    const sent = forwarded({ baggage })['baggage'] ?? '';
    expect(sent.length).toBeLessThanOrEqual(8192);
    expect(sent.split(',')).toEqual(whole.slice(0, 64));
  });

  test('3.2.2 the limits apply to all headers together', () => {
    const header = (from: number) => members(40, (i) => `k${String(i + from).padStart(2, '0')}=${'v'.repeat(123)}`);
    expect(baggageOf([header(0), header(40)])).toHaveLength(64);
  });
});
