import { baggageEntryMetadataFromString, propagation, ROOT_CONTEXT, type BaggageEntry } from '@opentelemetry/api';
import { w3cBaggagePropagator } from '../../lib/propagation/w3c-baggage.js';
import { baggageIn, contextOf, extract, inject, type Headers } from '../helpers/propagation/text-map.js';

const read = (baggage: Headers[string]) => baggageIn(extract(w3cBaggagePropagator, { baggage }));
const send = (...entries: [key: string, entry: BaggageEntry][]): string | undefined => {
  const baggage = entries.reduce((sofar, [key, entry]) => sofar.setEntry(key, entry), propagation.createBaggage());
  return inject(w3cBaggagePropagator, propagation.setBaggage(ROOT_CONTEXT, baggage))['baggage'];
};
const withProperties = (properties: string): BaggageEntry => ({
  value: '1',
  metadata: baggageEntryMetadataFromString(properties),
});

describe('extract', () => {
  test.each<[what: string, header: string | string[], entries: [string, string, string][]]>([
    ['one member', 'a=1', [['a', '1', '']]],
    [
      'several',
      'a=1,b=2',
      [
        ['a', '1', ''],
        ['b', '2', ''],
      ],
    ],
    [
      'several headers',
      ['a=1', 'b=2,c=3'],
      [
        ['a', '1', ''],
        ['b', '2', ''],
        ['c', '3', ''],
      ],
    ],
    [
      'white space',
      ' \ta\t = 1 ,\tb=2 ',
      [
        ['a', '1', ''],
        ['b', '2', ''],
      ],
    ],
    [
      'an empty value',
      'a=,b=2',
      [
        ['a', '', ''],
        ['b', '2', ''],
      ],
    ],
    ['properties', 'a=1;p;q=2', [['a', '1', 'p;q=2']]],
    ['empty properties', 'a=1;;p; ;', [['a', '1', 'p']]],
    ['properties of white space alone', 'a=1; \t', [['a', '1', '']]],
    ['properties stay encoded', 'a=1;p=%20', [['a', '1', 'p=%20']]],
    [
      'percent encoding',
      'a=%20%2C%3B%3D%25,b=%c3%a9',
      [
        ['a', ' ,;=%', ''],
        ['b', 'é', ''],
      ],
    ],
    [
      'a percent sign that begins no escape',
      'a=100%,b=%zz%2,c=%%20',
      [
        ['a', '100%', ''],
        ['b', '%zz%2', ''],
        ['c', '% ', ''],
      ],
    ],
    ['an escape that lacks its second digit', 'a=%4z', [['a', '%4z', '']]],
    [
      'the later of a repeated key',
      'a=1,b=2,a=3',
      [
        ['a', '3', ''],
        ['b', '2', ''],
      ],
    ],
    ['a token with a percent sign', '%41=1', [['%41', '1', '']]],
    [
      'a key that no token can be',
      'user%20id=1,%C3%A9=2',
      [
        ['user id', '1', ''],
        ['é', '2', ''],
      ],
    ],
    ['a key encoded in another way', '%c3%a9=2', [['%c3%a9', '2', '']]],
    ['every character of a token', "!#$%&'*+-.^_`|~=1", [["!#$%&'*+-.^_`|~", '1', '']]],
    [
      'keys of Object.prototype',
      '__proto__=1,constructor=2',
      [
        ['__proto__', '1', ''],
        ['constructor', '2', ''],
      ],
    ],
    ['what is between wrong members', ',;=1,=,a b=1,"a"=1,a(=1,é=1,none,;p,ok=1', [['ok', '1', '']]],
    ['what is after a member of 4,097 bytes', `a=${'v'.repeat(4095)},b=1`, [['b', '1', '']]],
  ])('%s', (_what, header, entries) => {
    expect(read(header)).toEqual(entries);
  });

  test.each<[what: string, header: Headers[string]]>([
    ['nothing', undefined],
    ['an empty header', ''],
    ['an empty array', []],
    ['commas', ','.repeat(10_000)],
    ['no member', 'a'],
    ['no key', '=1'],
    ['a key of white space', ' =1'],
    ['a member of 5,000 bytes', `a=${'v'.repeat(5000)}`],
    ['a megabyte', 'a'.repeat(1_000_000)],
  ])('%s leaves the context as it is', (_what, baggage) => {
    const context = contextOf();
    expect(extract(w3cBaggagePropagator, { baggage }, context)).toBe(context);
  });

  test.each([
    ['180 members of 200', Array.from({ length: 200 }, (_, i) => `k${i}=1`).join(','), 180],
    ['4,096 bytes a member', `a=${'v'.repeat(4094)}`, 1],
    ['8,192 bytes in all', `a=${'v'.repeat(4093)},b=${'v'.repeat(4094)}`, 2],
    ['not 8,193', `a=${'v'.repeat(4094)},b=${'v'.repeat(4094)}`, 1],
    ['not 8,193 of three', `a=${'v'.repeat(4093)},b=${'v'.repeat(2000)},c=${'v'.repeat(2092)}`, 2],
    ['a megabyte of one key', 'a=1,'.repeat(250_000), 1],
  ])('limits: %s', (_what, header, count) => {
    expect(read(header)).toHaveLength(count);
  });

  test.each(['a=1', 'a=1;', 'a=1; ;'])('no properties are no metadata: %s', (baggage) => {
    const read = propagation.getBaggage(extract(w3cBaggagePropagator, { baggage }));
    expect(read?.getEntry('a')).toStrictEqual({ value: '1' });
  });

  test('what is read to no end is read in whole members', () => {
    expect(read(`a=1${','.repeat(65_530)}b=2`)).toHaveLength(2);
    expect(read(`a=1${','.repeat(65_530)}b=234`)).toEqual([['a', '1', '']]);
  });

  test('a megabyte that begins with what is no member is not read to its end', () => {
    expect(read(`a=1${','.repeat(1_000_000)}b=2`)).toEqual([['a', '1', '']]);
  });
});

describe('inject', () => {
  test.each<[what: string, entries: [string, BaggageEntry][], header: string | undefined]>([
    ['nothing', [], undefined],
    [
      'several',
      [
        ['a', { value: '1' }],
        ['b', { value: '2' }],
      ],
      'a=1,b=2',
    ],
    ['an empty value', [['a', { value: '' }]], 'a='],
    ['a value that needs it is encoded', [['a', { value: 'é ,;=%"\\\n' }]], 'a=%C3%A9%20%2C%3B%3D%25%22%5C%0A'],
    ['a lone surrogate', [['a', { value: 'x\ud800y' }]], 'a=x%EF%BF%BDy'],
    ['a token is not encoded', [["!#$%&'*+-.^_`|~", { value: '1' }]], "!#$%&'*+-.^_`|~=1"],
    [
      'another key is',
      [
        ['user id', { value: '1' }],
        ['a=b,c', { value: '2' }],
      ],
      'user%20id=1,a%3Db%2Cc=2',
    ],
    [
      'no key',
      [
        ['', { value: '1' }],
        ['b', { value: '2' }],
      ],
      'b=2',
    ],
    ['properties', [['a', withProperties('p;q=%20')]], 'a=1;p;q=%20'],
    ['properties cannot forge a member', [['a', withProperties('p,b=2\r\nx: 1')]], 'a=1;p%2Cb=2%0D%0Ax:%201'],
    ['empty properties', [['a', withProperties(' ; ')]], 'a=1'],
    ['a member of 4,096 bytes', [['a', { value: 'v'.repeat(4094) }]], `a=${'v'.repeat(4094)}`],
    [
      'a member of 4,097 bytes is left out',
      [
        ['a', { value: 'v'.repeat(4095) }],
        ['b', { value: '1' }],
      ],
      'b=1',
    ],
  ])('%s', (_what, entries, header) => {
    expect(send(...entries)).toBe(header);
  });

  test('limits: 180 members', () => {
    const entries = Array.from({ length: 200 }, (_, i): [string, BaggageEntry] => [`k${i}`, { value: '1' }]);
    expect(send(...entries)?.split(',')).toEqual(entries.slice(0, 180).map(([key]) => `${key}=1`));
  });

  test('limits: 8,192 bytes; what does not fit is left out whole, smaller ones after it still go', () => {
    const sent = send(
      ['a', { value: 'v'.repeat(4090) }],
      ['b', { value: 'v'.repeat(4090) }],
      ['c', { value: 'v'.repeat(99) }],
      ['d', { value: '1' }],
    );
    expect(sent?.split(',').map((member) => member.slice(0, 2))).toEqual(['a=', 'b=', 'd=']);
    expect(sent).toHaveLength(8189);
  });

  test.each(['a', 'user id', 'é', '🦊', 'a=b', '%', '%2', '1', '__proto__', 'a,b', 'a;b', '"', '\n'])(
    'what is sent is what is read: key %j',
    (key) => {
      for (const value of ['1', '', ' ', 'é', '%20', 'a,b;c=d', '\u0000']) {
        expect(read(send([key, { value }]))).toEqual([[key, value, '']]);
      }
    },
  );

  test.each(['a=1', 'user%20id=1', '%41=1', '%c3%a9=1', 'a+b=1;p', '%=1', '%zz=%20'])(
    'what is read is what is sent: %s',
    (header) => {
      expect(inject(w3cBaggagePropagator, extract(w3cBaggagePropagator, { baggage: header }))).toEqual({
        baggage: header,
      });
    },
  );
});
