import fc from 'fast-check';
import { SPAN_ID, TRACE_ID, type Headers } from './text-map.js';

/** One of these ASCII characters. */
export const charOf = (chars: string): fc.Arbitrary<string> => fc.constantFrom(...chars.split(''));

/** One of what HTTP lets into a field value: visible ASCII, space, tab, and bytes above as in Latin-1. */
const fieldChar = fc.oneof(
  { weight: 12, arbitrary: charOf('-,;=%+&@_*/ .~0aAfFgzZ9"\\') },
  { weight: 4, arbitrary: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) },
  { weight: 1, arbitrary: fc.constantFrom('\t', '\u00a0', '\u00e9', '\u0080') },
);
const text = (maxLength: number) => fc.string({ unit: fieldChar, maxLength });
const whiteSpace = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: fc.constantFrom(' ', '\t', '  ', ' \t ') },
  { weight: 1, arbitrary: fc.constant('\u00a0') },
);
const hex = (length: number) => fc.string({ unit: charOf('0123456789abcdef'), minLength: length, maxLength: length });

function mutated(source: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(source, fc.nat({ max: 60 }), fc.nat({ max: 2 }), text(2))
    .map(([value, at, removed, inserted]) => value.slice(0, at) + inserted + value.slice(at + removed));
}

const wellFormed = fc
  .tuple(
    fc.oneof(fc.constantFrom('00', '00', '01', 'cc', 'ff', 'fe', '0F'), hex(2)),
    fc.oneof(fc.constantFrom(TRACE_ID, '0'.repeat(32)), hex(32)),
    fc.oneof(fc.constantFrom(SPAN_ID, '0'.repeat(16)), hex(16)),
    fc.oneof(fc.constantFrom('00', '01', '02', '03'), hex(2)),
    fc.constantFrom('', '', '', '-', '-later', '-01-x', 'x', '0'),
  )
  .map(([version, traceId, spanId, flags, tail]) => `${version}-${traceId}-${spanId}-${flags}${tail}`);

const right = fc
  .tuple(fc.constantFrom('00', '00', '00', '01', 'cc'), hex(32), hex(16), hex(2))
  .map((parts) => parts.join('-'));

const traceparent = fc.oneof(
  { weight: 4, arbitrary: right },
  { weight: 3, arbitrary: fc.tuple(whiteSpace, right, whiteSpace).map((parts) => parts.join('')) },
  { weight: 4, arbitrary: fc.tuple(whiteSpace, wellFormed, whiteSpace).map((parts) => parts.join('')) },
  { weight: 2, arbitrary: mutated(right) },
  { weight: 1, arbitrary: text(60) },
);

const stateKey = fc.oneof(
  fc.constantFrom('a', 'b', 'rojo', 'congo', 't1@sys', '1t@s', 'A', '1', 'a@', `k${'x'.repeat(256)}`),
  fc.string({ unit: charOf('abz09_-*/@'), minLength: 1, maxLength: 8 }),
);
const stateValue = fc.oneof(
  text(8),
  fc.string({ unit: charOf('abc09~! '), minLength: 1, maxLength: 12 }),
  fc.integer({ min: 100, max: 260 }).map((length) => 'v'.repeat(length)),
);
const stateMember = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(whiteSpace, stateKey, fc.constant('='), stateValue, whiteSpace).map((p) => p.join('')),
  },
  { weight: 1, arbitrary: text(6) },
);
export const tracestate = fc.array(stateMember, { maxLength: 40, size: 'max' }).map((members) => members.join(','));

function onceOrMore<T>(header: fc.Arbitrary<T>): fc.Arbitrary<T | T[] | undefined> {
  return fc.oneof(
    { weight: 8, arbitrary: header },
    { weight: 1, arbitrary: fc.array(header, { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

/** `traceparent` and `tracestate` in every state of repair. */
export const traceHeaders: fc.Arbitrary<Headers> = fc.record({
  traceparent: onceOrMore(traceparent),
  tracestate: onceOrMore(tracestate),
});

const escape = fc.oneof(fc.constantFrom('%20', '%2C', '%C3%A9', '%41', '%25', '%', '%zz', '%C3', '%ff'), text(1));
const baggageKey = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'user-id', '1', '__proto__', 'constructor', 'k~|^`+#$&!', '') },
  { weight: 2, arbitrary: fc.array(escape, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: text(4) },
);
const baggageValue = fc.array(fc.oneof(escape, text(6)), { maxLength: 4 }).map((parts) => parts.join(''));
const properties = fc
  .array(fc.tuple(fc.constant(';'), text(8)), { maxLength: 3 })
  .map((parts) => parts.flat().join(''));

/** One member of a `baggage` header; without commas, which would make it two. */
export const baggageMember = fc
  .tuple(
    whiteSpace,
    baggageKey,
    whiteSpace,
    fc.constantFrom('=', '=', '=', '==', ''),
    whiteSpace,
    baggageValue,
    properties,
  )
  .map((parts) => parts.join('').replaceAll(',', ''));

const plainKey = fc.oneof(
  fc.constantFrom('a', 'b', 'c'),
  fc.string({ unit: charOf('abyzAZ019-_.~!*'), minLength: 1, maxLength: 6 }),
);
const plainValue = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.string({
      unit: fc.oneof(
        { weight: 9, arbitrary: charOf('azAZ09-_.~:/=?[]{}<>()*\'"\\') },
        fc.constantFrom('%20', '%C3%A9', '%25'),
      ),
      minLength: 1,
      maxLength: 12,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(100, 1000, 4000, 4090, 4094, 4095, 8192).map((length) => 'v'.repeat(length)),
  },
);
const plainMember = fc.oneof(
  {
    weight: 20,
    arbitrary: fc
      .tuple(plainKey, plainValue, fc.constantFrom('', '', ';p', ';p=1;q'))
      .map(([k, v, p]) => `${k}=${v}${p}`),
  },
  { weight: 2, arbitrary: fc.constantFrom('', 'none', '=1', ' ') },
);

/** `baggage` headers on which all parsers must agree: every limit, no member that is read differently. */
export const plainBaggage = fc
  .oneof(
    { weight: 12, arbitrary: fc.array(plainMember, { maxLength: 12 }) },
    { weight: 1, arbitrary: fc.array(plainMember, { minLength: 170, maxLength: 200 }) },
  )
  .map((members) => members.join(','));
