import { baggageEntryMetadataFromString, propagation, ROOT_CONTEXT, type BaggageEntry } from '@opentelemetry/api';
import fc from 'fast-check';
import { unescape as unescapeAscii } from 'node:querystring';
import { MAX_READ } from '../../../lib/propagation/header-text.js';
import { w3cBaggagePropagator } from '../../../lib/propagation/w3c-baggage.js';
import { CORE_RELEASES, type CoreRelease } from '../../helpers/propagation/core-releases.js';
import { baggageMember, plainBaggage } from '../../helpers/propagation/generators.js';
import { check } from '../../helpers/propagation/seeded.js';
import { baggageIn, extract, inject } from '../../helpers/propagation/text-map.js';

type Entry = readonly [key: string, value: string, properties: string];

/** The raw parts of a member; white space at their ends, spaces and tabs, is cut off. */
interface Parts {
  readonly key: string;
  readonly value: string;
  readonly properties: string;
}

interface Difference<Example, Args extends unknown[], Answer> {
  readonly clause: string;
  readonly what: string;
  /** What core's answer, or what the rows before have made of it, is by the text of the W3C. */
  readonly correct: (answer: Answer, ...args: Args) => Answer;
  readonly example: Example;
}

const trim = (text: string): string => text.replace(/^[ \t]+|[ \t]+$/g, '');
/** Node's tolerant decoding; what is not ASCII must not get into it as bytes. */
const unescape = (text: string): string => unescapeAscii(text.replace(/[^\p{ASCII}]/gu, encodeURIComponent));
const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/; // RFC 9110 section 5.6.2; `\w` is ASCII
const tokenOf = (key: string): string => (TOKEN.test(key) ? key : encodeURIComponent(key));

/** `undefined` for what is no member to either: no `=`, or nothing before it. */
function partsOf(member: string): Parts | undefined {
  const [pair = '', ...properties] = member.split(';');
  const equals = pair.indexOf('=');
  if (equals <= 0) return undefined;
  return { key: trim(pair.slice(0, equals)), value: trim(pair.slice(equals + 1)), properties: properties.join(';') };
}

const EXTRACTED: Difference<string, [parts: Parts], Entry | undefined>[] = [
  {
    clause: '3.2.1.3 (value = *baggage-octet)',
    what: 'a value may be empty; core drops the member',
    correct: (entry, { key, value, properties }) => (value === '' ? [unescape(key), '', properties] : entry),
    example: 'a=',
  },
  {
    clause: '3.2.1.3',
    what: 'octets that are not UTF-8 become U+FFFD; core drops the member',
    correct: (_entry, { key, value, properties }) => [unescape(key), unescape(value), properties],
    example: 'a=%ff',
  },
  {
    clause: '3.2.1.3 (OWS)',
    what: 'white space around a value is spaces and tabs; core takes all that Unicode calls white space',
    correct: (entry, { value }) => entry && [entry[0], unescape(value), entry[2]],
    example: 'a=1\u00a0',
  },
  {
    clause: '3.2.1.2',
    what: 'a key is a token; core takes any text',
    correct: (entry, { key }) => (TOKEN.test(key) ? entry : undefined),
    example: 'a b=1',
  },
  {
    clause: '3.2.1.2',
    what: 'a token is its own key, decoded only if no token could be that key; core decodes every key',
    correct: (entry, { key }) => entry && [tokenOf(unescape(key)) === key ? unescape(key) : key, entry[1], entry[2]],
    example: '%41=1',
  },
  {
    clause: '3.2.1.4',
    what: 'white space around properties, their keys and values is none of them; core keeps it',
    correct: (entry, { properties }) => {
      const trimmed = properties.split(';').map((property) => property.split('=').map(trim).join('='));
      return entry && [entry[0], entry[1], trimmed.filter((property) => property !== '').join(';')];
    },
    example: 'a=1; p = 2',
  },
  {
    clause: '3.2.1.2',
    what: '__proto__ is a token as any other; core loses it',
    correct: (entry, { key, value }) => (key === '__proto__' ? [key, unescape(value), entry?.[2] ?? ''] : entry),
    example: '__proto__=1',
  },
];

interface Sent {
  readonly key: string;
  readonly value: string;
  readonly properties?: string | undefined;
}

const INJECTED: Difference<Sent, [sent: Sent], string | undefined>[] = [
  {
    clause: '3.2.1.3',
    what: 'what is not Unicode goes as U+FFFD; core throws',
    correct: (header, { value }) => header ?? `a=${encodeURIComponent(Buffer.from(value).toString())}`,
    example: { key: 'a', value: '\ud800' },
  },
  {
    clause: '3.2.1.2',
    what: 'a token goes as it is; core encodes some of its characters',
    correct: (header, { key }) => header?.replace(/^[^=]*(?==)/, () => tokenOf(key)),
    example: { key: 'a+b', value: '1' },
  },
  {
    clause: '3.2.1.2',
    what: 'a key has at least one character',
    correct: (header, { key }) => (key === '' ? '' : header),
    example: { key: '', value: '1' },
  },
  {
    clause: '3.2.1.4',
    what: 'properties go trimmed and encoded, none where they are empty; core sends the text that it is given',
    correct: (header, { properties }) => {
      const [pair] = header?.split(';') ?? [];
      const encoded = (properties ?? '')
        .split(';')
        .map((property) => property.split('=').map(trim).join('='))
        .filter((property) => property !== '')
        .map((property) => property.replace(/[^!#-+\--:<-[\]-~]/gu, encodeURIComponent));
      return pair === undefined || pair === '' ? pair : [pair, ...encoded].join(';');
    },
    example: { key: 'a', value: '1', properties: ' p = a,b' },
  },
];

function entryOf({ value, properties }: Sent): BaggageEntry {
  return properties === undefined ? { value } : { value, metadata: baggageEntryMetadataFromString(properties) };
}

describe.each(CORE_RELEASES)('baggage as %s', (_name, load) => {
  let core: CoreRelease;

  beforeAll(async () => {
    core = await load();
  });

  const ours = (baggage: string | string[]) => baggageIn(extract(w3cBaggagePropagator, { baggage }));
  const theirs = (baggage: string | string[]) => baggageIn(extract(core.baggage, { baggage }));

  const corrected = (member: string): Entry[] | undefined => {
    const parts = partsOf(member);
    const given = theirs(member)?.[0];
    const entry = parts && EXTRACTED.reduce<Entry | undefined>((answer, { correct }) => correct(answer, parts), given);
    return entry && [entry];
  };

  test('extracts the same from 20,000 generated members but for the differences listed', () => {
    check(20_000, baggageMember, (member) => {
      expect(ours(member)).toEqual(corrected(member));
    });
  });

  test.each(EXTRACTED)('extract, Baggage $clause: $what', ({ example }) => {
    expect(ours(example)).not.toEqual(theirs(example));
    expect(ours(example)).toEqual(corrected(example));
  });

  test('extracts the same from 20,000 generated headers of members that are read alike, with the same limits', () => {
    const readWhole = plainBaggage.filter((header) => header.length <= MAX_READ);
    check(20_000, readWhole, (header) => {
      expect(ours(header)).toEqual(theirs(header));
    });
  });

  test('extracts the same from repeated headers', () => {
    check(2_000, fc.array(plainBaggage, { maxLength: 3 }), (headers) => {
      const fits = headers.join(',').length <= 8192 ? headers : [];
      expect(ours(fits)).toEqual(theirs(fits));
    });
  });

  test('Baggage 3.2.2: no more than the limits must be read; core reads on without end', () => {
    const header = `a=1${','.repeat(MAX_READ)}b=2`;
    expect(ours(header)).toEqual([['a', '1', '']]);
    expect(theirs(header)).toHaveLength(2);
  });

  test('Baggage 3.2.2: the limits end all headers together; core goes on with the next', () => {
    const full = Array.from({ length: 3 }, (_, i) => `k${i}=${'v'.repeat(4000)}`).join(',');
    expect(ours([full, 'small=1'])).toEqual(ours(`${full},small=1`));
    expect(theirs([full, 'small=1'])).not.toEqual(theirs(`${full},small=1`));
  });

  const send = (propagator: typeof w3cBaggagePropagator, entries: Record<string, BaggageEntry>): string | undefined => {
    const context = propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage(entries));
    return inject(propagator, context)['baggage'] ?? '';
  };
  const theirsSent = (sent: Sent): string | undefined => {
    try {
      return send(core.baggage, { [sent.key]: entryOf(sent) });
    } catch {
      return undefined;
    }
  };
  const oursSent = (sent: Sent) => send(w3cBaggagePropagator, { [sent.key]: entryOf(sent) });
  const correctedSent = (sent: Sent) =>
    INJECTED.reduce<string | undefined>((answer, { correct }) => correct(answer, sent), theirsSent(sent));

  const wellFormed = fc.string({ unit: 'binary', maxLength: 12 });
  const sentEntry: fc.Arbitrary<Sent> = fc.record(
    {
      key: fc.oneof(wellFormed, fc.constantFrom('a', 'a+b', '%41', '')).filter((key) => key !== '__proto__'),
      value: fc.oneof(wellFormed, fc.constantFrom('', 'v'.repeat(5000))),
      properties: fc.oneof(fc.constantFrom('', 'p', ';p=1;;q', ' p = 1 ; q '), wellFormed),
    },
    { requiredKeys: ['key', 'value'] },
  );

  test('injects the same for 20,000 generated entries but for the differences listed', () => {
    check(20_000, sentEntry, (sent) => {
      expect(oursSent(sent)).toEqual(correctedSent(sent));
    });
  });

  test.each(INJECTED)('inject, Baggage $clause: $what', ({ example }) => {
    expect(oursSent(example)).not.toEqual(theirsSent(example));
    expect(oursSent(example)).toEqual(correctedSent(example));
  });

  test('injects the same for baggage of many entries, with the same limits', () => {
    const size = fc.oneof({ weight: 9, arbitrary: fc.nat({ max: 60 }) }, fc.constantFrom(1000, 4000, 4093, 4094, 4095));
    check(2_000, fc.array(size, { minLength: 1, maxLength: 190, size: 'max' }), (sizes) => {
      const entries = Object.fromEntries(sizes.map((length, i) => [`k${i}`, { value: 'v'.repeat(length) }]));
      expect(send(w3cBaggagePropagator, entries)).toEqual(send(core.baggage, entries));
    });
  });

  test('injects nothing where tracing is suppressed', () => {
    const context = propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage({ a: { value: '1' } }));
    expect(inject(core.baggage, core.suppressTracing(context))).toEqual({});
    expect(inject(w3cBaggagePropagator, core.suppressTracing(context))).toEqual({});
  });

  test('names the same fields', () => {
    expect(w3cBaggagePropagator.fields()).toEqual(core.baggage.fields());
  });
});
