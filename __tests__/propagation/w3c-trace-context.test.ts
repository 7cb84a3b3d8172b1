import { createTraceState, ROOT_CONTEXT, trace, type TraceState } from '@opentelemetry/api';
import { isTracingSuppressed } from '../../lib/propagation/suppression.js';
import { w3cPropagator } from '../../lib/propagation/w3c.js';
import { w3cTraceContextPropagator } from '../../lib/propagation/w3c-trace-context.js';
import { suppressTracing } from 'otel-core-2';
import {
  CALLER,
  contextOf,
  extract,
  inject,
  SPAN_ID,
  spanContextIn,
  TRACE_ID,
  TRACEPARENT,
  type Headers,
} from '../helpers/propagation/text-map.js';

const IDS = `${TRACE_ID}-${SPAN_ID}`;
const read = (traceparent: Headers[string]) => spanContextIn(extract(w3cTraceContextPropagator, { traceparent }));
const stateOf = (tracestate: string | string[]) =>
  spanContextIn(extract(w3cTraceContextPropagator, { traceparent: TRACEPARENT, tracestate }))?.traceState;

describe('traceparent', () => {
  test.each<[what: string, header: string | string[], flags: number]>([
    ['sampled', `00-${IDS}-01`, 1],
    ['not sampled', `00-${IDS}-00`, 0],
    ['spaces and tabs around it', ` \t 00-${IDS}-01 \t`, 1],
    ['once in an array', [`00-${IDS}-01`], 1],
    ['a later version', `01-${IDS}-01`, 1],
    ['the last version', `fe-${IDS}-00`, 0],
    ['a later version with more to it', `42-${IDS}-01-${'x'.repeat(60_000)}`, 1],
    ['a later version of 65,536 characters', `42-${IDS}-01-${'x'.repeat(65_536 - 56)}`, 1],
    ['a later version with a dash at its end', `42-${IDS}-01-`, 1],
    ['flags of a later version', `42-${IDS}-fe`, 0],
  ])('takes %s', (_what, header, traceFlags) => {
    expect(read(header)).toEqual({ traceId: TRACE_ID, spanId: SPAN_ID, traceFlags, isRemote: true, traceState: '' });
  });

  test.each<[what: string, header: Headers[string]]>([
    ['nothing', undefined],
    ['an empty header', ''],
    ['white space', ' \t '],
    ['version ff', `ff-${IDS}-01`],
    ['an upper-case version', `0A-${IDS}-01`],
    ['a version that is not hex', `0g-${IDS}-01`],
    ['a version of one digit', `0-${IDS}-01`],
    ['a version of three digits', `000-${IDS}-01`],
    ['version 00 with more to it', `00-${IDS}-01-more`],
    ['version 00 with a dash at its end', `00-${IDS}-01-`],
    ['version 00 with a digit too many', `00-${IDS}-011`],
    ['a later version with more, but no dash', `01-${IDS}-01.more`],
    ['upper-case flags', `00-${IDS}-0A`],
    ['flags that are not hex', `00-${IDS}-0x`],
    ['flags of one digit', `00-${IDS}-1`],
    ['no flags', `00-${IDS}`],
    ['no flags, but a dash', `00-${IDS}-`],
    ['an upper-case trace id', `00-${TRACE_ID.toUpperCase()}-${SPAN_ID}-01`],
    ['an upper-case span id', `00-${TRACE_ID}-${SPAN_ID.toUpperCase()}-01`],
    ['a trace id of zeros', `00-${'0'.repeat(32)}-${SPAN_ID}-01`],
    ['a span id of zeros', `00-${TRACE_ID}-${'0'.repeat(16)}-01`],
    ['zeros in a later version', `01-${'0'.repeat(32)}-${SPAN_ID}-01`],
    ['underscores', `00_${TRACE_ID}_${SPAN_ID}_01`],
    ['white space inside', `00-${TRACE_ID} ${SPAN_ID}-01`],
    ['a no-break space around it', `\u00a000-${IDS}-01`],
    ['a line break at its end', `00-${IDS}-01\n`],
    ['digits of another script', `00-${IDS}-٠١`],
    ['a header twice', [`00-${IDS}-01`, `00-${IDS}-01`]],
    ['a header twice, as HTTP/2 joins them', `00-${IDS}-01, 00-${IDS}-01`],
    ['a later version twice, joined', `01-${IDS}-01,01-${IDS}-01`],
    ['an empty array', []],
    ['a prohibitively large header', `01-${IDS}-01-${'x'.repeat(70_000)}`],
    ['one in the middle of another', `00-${'0'.repeat(10)}${TRACEPARENT}`],
  ])('takes %s for a new trace', (_what, header) => {
    const context = contextOf({ traceId: '1'.repeat(32) });
    expect(extract(w3cTraceContextPropagator, { traceparent: header, tracestate: 'a=1' }, context)).toBe(context);
    expect(read(header)).toBeUndefined();
  });

  test.each([
    ['no span', ROOT_CONTEXT],
    ['an invalid trace id', contextOf({ traceId: '0'.repeat(32) })],
    ['an id that is not hex', contextOf({ traceId: `${TRACE_ID.slice(1)}g` })],
    ['an id cut off', contextOf({ spanId: SPAN_ID.slice(1) })],
    ['suppressed tracing', suppressTracing(contextOf())],
  ])('is not written for %s', (_what, context) => {
    expect(inject(w3cTraceContextPropagator, context)).toEqual({});
  });

  test('flags that were never set are none', () => {
    // A span context of plain JavaScript.
    const traceFlags = undefined as unknown as number;
    expect(inject(w3cTraceContextPropagator, contextOf({ traceFlags }))).toEqual({ traceparent: `00-${IDS}-00` });
  });
});

describe('tracestate', () => {
  const member = (key: string, length: number): string => `${key}=${'v'.repeat(length - key.length - 1)}`;
  const many = (count: number, length: number, prefix = 'k'): string[] =>
    Array.from({ length: count }, (_, i) => member(`${prefix}${i}`, length));

  test.each<[what: string, header: string | string[], sent: string]>([
    ['order', 'z=1,a=2,m=3', 'z=1,a=2,m=3'],
    ['several headers', ['b=1', 'a=2,c=3'], 'b=1,a=2,c=3'],
    ['empty members', ',a=1,, ,\t,b=2,', 'a=1,b=2'],
    ['spaces and tabs around members', '\ta=1 ,  b=2\t', 'a=1,b=2'],
    ['spaces in a value', 'a= 1  2', 'a= 1  2'],
    ['tenant and system', '0t/_-*@sys=1,fw529a3039@dt=FfAC', '0t/_-*@sys=1,fw529a3039@dt=FfAC'],
    ['a key of 256', `${'k'.repeat(256)}=1`, `${'k'.repeat(256)}=1`],
    ['a key of 257', `${'k'.repeat(257)}=1,b=2`, 'b=2'],
    ['a value of 256', member('a', 258), member('a', 258)],
    ['a value of 257', `${member('a', 259)},b=2`, 'b=2'],
    ['keys that are none', 'A=1,@b=1,_b=1,a b=1,é=1,=1,b=2', 'b=2'],
    ['keys of Level 2', '0a=1,foo@=1,a@b@c=1,1@2=1,b=2', '0a=1,foo@=1,a@b@c=1,1@2=1,b=2'],
    ['values that are none', 'a=,c= ,d=1=2,e=é,f=\u0000,g=a\tb,b=2', 'b=2'],
    ['members that are none', 'a,b=2,;', 'b=2'],
    ['a key twice: the first, which is the latest', 'a=3,b=2,a=1', 'a=3,b=2'],
    ['a key twice, the first of them invalid', 'a=,b=2,a=1', 'b=2,a=1'],
    ['32 members', many(32, 8).join(','), many(32, 8).join(',')],
    ['33 members', many(33, 8).join(','), many(32, 8).join(',')],
    ['33 members, one of them invalid', ['A=1', ...many(32, 8)], many(32, 8).join(',')],
    ['512 characters', [member('a', 255), member('b', 256)], `${member('a', 255)},${member('b', 256)}`],
    ['513 characters', [member('a', 256), member('b', 256)], member('a', 256)],
    [
      'too long: the long ones go first',
      ['a=1', member('b', 129), ...many(3, 128)],
      ['a=1', ...many(3, 128)].join(','),
    ],
    [
      'too long: of the long ones the last',
      [member('a', 200), member('b', 200), ...many(2, 100)],
      [member('a', 200), ...many(2, 100)].join(','),
    ],
    ['too long: then from the end', many(5, 128), many(3, 128).join(',')],
    [
      'too long: no further than until it fits',
      [member('a', 128), ...many(3, 127), 'z=1'].join(','),
      [member('a', 128), ...many(3, 127)].join(','),
    ],
    ['a key of Object.prototype', 'constructor=1,toString=2,__proto__=3,valueof=4', 'constructor=1,valueof=4'],
    ['a megabyte of members', 'a=1,'.repeat(250_000), 'a=1'],
  ])('%s', (_what, header, sent) => {
    expect(stateOf(header)).toBe(sent);
  });

  test('what is set on it is sent first', () => {
    const traceState = createTraceState('a=1,b=2').set('b', '3');
    expect(inject(w3cTraceContextPropagator, contextOf({ traceState }))['tracestate']).toBe('b=3,a=1');
  });

  test('nothing that is set on it costs the header', () => {
    const traceState = createTraceState('a=1').set('b', 'line\nbreak').set('NO KEY', '1').set('c', 'é').set('d', '2');
    expect(inject(w3cTraceContextPropagator, contextOf({ traceState }))['tracestate']).toBe('d=2,a=1');
  });

  test('one of another make is held to the same rules', () => {
    const traceState: TraceState = {
      serialize: () => 'A=1,@b=1,_b=1,a b=1,é=1,=1,b=2',
      get: () => undefined,
      set: () => traceState,
      unset: () => traceState,
    };
    expect(inject(w3cTraceContextPropagator, contextOf({ traceState }))['tracestate']).toBe('b=2');
  });

  test.each([undefined, '', ',', 'A=1'])('of nothing there is none: %p', (tracestate) => {
    const context = extract(w3cTraceContextPropagator, { traceparent: TRACEPARENT, tracestate });
    expect(trace.getSpanContext(context)).toStrictEqual(CALLER);
  });

  test('is not written where it is empty', () => {
    expect(inject(w3cTraceContextPropagator, contextOf({ traceState: createTraceState('') }))).toEqual({
      traceparent: TRACEPARENT,
    });
  });
});

describe('a trace state that came in', () => {
  const stateIn = (tracestate: string): TraceState | undefined =>
    trace.getSpanContext(extract(w3cTraceContextPropagator, { traceparent: TRACEPARENT, tracestate }))?.traceState;
  const KEPT = 'rojo=1,foo@=a=b,a@b@c=3';

  test.each<[what: string, change: (state: TraceState) => TraceState, list: string]>([
    ['is as it came', (state) => state, 'rojo=1,a@b@c=3'],
    ['puts what is set first', (state) => state.set('0a', '4'), '0a=4,rojo=1,a@b@c=3'],
    ['moves what is set again to the front', (state) => state.set('a@b@c', '5'), 'a@b@c=5,rojo=1'],
    ['forgets', (state) => state.unset('rojo'), 'a@b@c=3'],
    ['forgets nothing that is not there', (state) => state.unset('roj'), 'rojo=1,a@b@c=3'],
    ['forgets all', (state) => state.unset('rojo').unset('a@b@c'), ''],
    ['takes no key that may not be sent', (state) => state.set('A', '1'), 'rojo=1,a@b@c=3'],
    ['takes no value that may not be sent', (state) => state.set('rojo', 'x,y=1'), 'rojo=1,a@b@c=3'],
  ])('%s', (_what, change, list) => {
    const state = stateIn(KEPT);
    expect(state && change(state).serialize()).toBe(list);
    // As the API wants it, each change is a new one.
    expect(state?.serialize()).toBe('rojo=1,a@b@c=3');
  });

  test.each([
    ['rojo', '1'],
    ['a@b@c', '3'],
    ['roj', undefined],
    ['foo@', undefined],
  ])('says what %s is', (key, value) => {
    expect(stateIn(KEPT)?.get(key)).toBe(value);
  });
});

test('suppression is the key of core', () => {
  expect(isTracingSuppressed(ROOT_CONTEXT)).toBe(false);
  expect(isTracingSuppressed(suppressTracing(ROOT_CONTEXT))).toBe(true);
});

test('the fallback is trace context and baggage', () => {
  expect(w3cPropagator.fields()).toEqual(['traceparent', 'tracestate', 'baggage']);
});
