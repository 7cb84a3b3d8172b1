import { isSpanContextValid, propagation, ROOT_CONTEXT, trace, type TextMapPropagator } from '@opentelemetry/api';
import { Metadata } from '@grpc/grpc-js';
import { GrpcTraceBinPropagator } from '../../../lib/propagation/grpc-trace-bin.js';
import { MAX_READ } from '../../../lib/propagation/header-text.js';
import { metadataGetter } from '../../../lib/propagation/metadata-carrier.js';
import { serviceNameOf, ServiceNamePropagator } from '../../../lib/propagation/service-name.js';
import { w3cPropagator } from '../../../lib/propagation/w3c.js';
import { BINARY, byteStrings } from '../../helpers/propagation/mutations.js';
import { extract, TRACEPARENT, type Headers } from '../../helpers/propagation/text-map.js';

const INPUTS = 200_000;

const traceBin = new GrpcTraceBinPropagator();
const serviceName = new ServiceNamePropagator({ serviceName: 'me' });
/** Every parser: the headers that it is given for some bytes, and a right value to mutate. */
const PARSERS: [name: string, propagator: TextMapPropagator, headers: (bytes: Buffer) => Headers, right: Buffer[]][] = [
  [
    'traceparent',
    w3cPropagator,
    (bytes) => ({ traceparent: bytes.toString('latin1') }),
    [Buffer.from(TRACEPARENT), Buffer.from(`cc-${TRACEPARENT.slice(3)}-later`)],
  ],
  [
    'tracestate',
    w3cPropagator,
    (bytes) => ({ traceparent: TRACEPARENT, tracestate: bytes.toString('latin1') }),
    [Buffer.from('rojo=00f067aa0ba902b7,congo= t61rcWkgMzE ,1a@b=~!'), Buffer.from('a=1,'.repeat(40))],
  ],
  [
    'baggage',
    w3cPropagator,
    (bytes) => ({ baggage: bytes.toString('latin1') }),
    [Buffer.from('user-id=al%20ice;p=1;q, b = %C3%A9 ; r = 2,__proto__=3'), Buffer.from('a=%C3%28,'.repeat(20))],
  ],
  [
    'baggage, any UTF-16',
    w3cPropagator,
    (bytes) => ({ baggage: bytes.toString('utf16le') }),
    [Buffer.from('a=\ud800%ud800;\udfff,\ufeffb=1', 'utf16le')],
  ],
  ['grpc-trace-bin', traceBin, (bytes) => ({ 'grpc-trace-bin': bytes.toString('base64') }), [BINARY]],
  [
    'grpc-trace-bin, any text',
    traceBin,
    (bytes) => ({ 'grpc-trace-bin': bytes.toString('latin1') }),
    [Buffer.from(BINARY.toString('base64'))],
  ],
  [
    'x-md-service-name',
    serviceName,
    (bytes) => ({ 'x-md-service-name': bytes.toString('latin1') }),
    [Buffer.from('my-service')],
  ],
];

describe.each(PARSERS)('%s', (_name, propagator, headersOf, right) => {
  test(`${INPUTS} random and mutated byte strings: nothing is thrown, nothing wrong gets in`, () => {
    const next = byteStrings(right);
    const wrong: unknown[] = [];
    let accepted = 0;
    for (let i = 0; i < INPUTS; i++) {
      const headers = headersOf(next());
      const context = extract(propagator, headers);
      const span = trace.getSpanContext(context);
      const state = span?.traceState?.serialize() ?? '';
      const entries = propagation.getBaggage(context)?.getAllEntries() ?? [];
      const sound =
        (span === undefined || (isSpanContextValid(span) && /^[0-9a-f]{48}$/.test(span.traceId + span.spanId))) &&
        state.length <= 512 &&
        entries.length <= 180 &&
        /^(?:[\x20-\x7e]{1,256})?$/.test(serviceNameOf(context) ?? '');
      if (!sound) wrong.push(headers);
      if (context !== ROOT_CONTEXT) accepted++;
    }
    expect(wrong).toEqual([]);
    // Mutations that never get through would test nothing but the first check.
    expect(accepted).toBeGreaterThan(INPUTS / 1000);
    expect(accepted).toBeLessThanOrEqual(INPUTS);
  });
});

describe('through metadata', () => {
  test('every byte string that grpc-js lets in', () => {
    const next = byteStrings([BINARY]);
    let accepted = 0;
    for (let i = 0; i < 20_000; i++) {
      const metadata = new Metadata();
      metadata.set('grpc-trace-bin', next());
      metadata.add('grpc-trace-bin', next());
      metadata.set('traceparent', next().toString('base64'));
      metadata.add('traceparent', TRACEPARENT);
      for (const propagator of [w3cPropagator, traceBin]) {
        if (propagator.extract(ROOT_CONTEXT, metadata, metadataGetter) !== ROOT_CONTEXT) accepted++;
      }
    }
    expect(accepted).toBe(0);
  });
});

describe('however long a header is, it is read in one pass', () => {
  /** As much as is read of any header, and more. */
  const LENGTHS = [MAX_READ, 1_000_000];
  /** One pass takes a few; one for each character, over what is read, takes thousands. */
  const LIMIT_MILLIS = 500;
  const PIECES = [
    ' ',
    '\t',
    ',',
    '=',
    ';',
    '%',
    'a',
    '-',
    '0',
    'a=',
    'a=1,',
    'a=1;',
    'a=%ff',
    'a=%C3%A9;p=1 ; q,',
    '=;,',
    ' ,\t',
    TRACEPARENT,
  ];
  /** What a pattern has gone through all for, it gives up here, and begins again one character further. */
  const LAST = ['', '\u0000'];
  const KEYS = ['traceparent', 'tracestate', 'baggage', 'grpc-trace-bin', 'x-md-service-name'];
  const ALL: TextMapPropagator[] = [w3cPropagator, traceBin, serviceName];

  /** The processor's time, which other programs do not take from. */
  function cost(headers: Headers): number {
    const start = process.cpuUsage();
    for (const propagator of ALL) extract(propagator, headers);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  }

  const headersOf = (key: string, piece: string, length: number, last: string): Headers => {
    const start = key === 'traceparent' ? `cc-${TRACEPARENT.slice(3)}-` : '';
    const value = start + Buffer.alloc(length, piece).toString();
    return { traceparent: TRACEPARENT, [key]: value.slice(0, length - last.length) + last };
  };

  test.each(KEYS)('%s', (key) => {
    const slow = LENGTHS.flatMap((length) =>
      LAST.flatMap((last) => PIECES.filter((piece) => cost(headersOf(key, piece, length, last)) > LIMIT_MILLIS)),
    );
    expect(slow).toEqual([]);
  });

  test.each(KEYS)('%s, repeated', (key) => {
    const repeated = { ...headersOf(key, 'a', 1, ''), [key]: Array<string>(250_000).fill('a=1') };
    expect(cost(repeated)).toBeLessThan(LIMIT_MILLIS);
  });
});
