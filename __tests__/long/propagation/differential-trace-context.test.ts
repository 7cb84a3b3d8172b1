import { createTraceState, type SpanContext, type TraceState } from '@opentelemetry/api';
import fc from 'fast-check';
import { w3cTraceContextPropagator } from '../../../lib/propagation/w3c-trace-context.js';
import { parseTraceState } from '../../../lib/propagation/w3c-trace-state.js';
import { CORE_RELEASES, type CoreRelease } from '../../helpers/propagation/core-releases.js';
import { charOf, traceHeaders, tracestate } from '../../helpers/propagation/generators.js';
import { check } from '../../helpers/propagation/seeded.js';
import {
  contextOf,
  extract,
  inject,
  SPAN_ID,
  spanContextIn,
  TRACE_ID,
  TRACEPARENT,
  type Headers,
} from '../../helpers/propagation/text-map.js';

type Extracted = ReturnType<typeof spanContextIn>;

/** A difference from core: the clause that decides it, what it makes of core's input and answer, and an example. */
interface Difference<In, Out> {
  readonly clause: string;
  readonly what: string;
  readonly input?: (input: In, core: CoreRelease) => In;
  /** @param given - what the differences have made core's input of */
  readonly output?: (output: Out, input: In, given: In, core: CoreRelease) => Out;
  readonly example: In;
}

const OWS_AT_ENDS = /^[ \t]+|[ \t]+$/g;
const isRepeated = (header: Headers[string]): boolean => Array.isArray(header) && header.length !== 1;
const first = (header: Headers[string]): string | undefined => (Array.isArray(header) ? header[0] : header);

const membersOf = (header: string | string[]): string[] =>
  (Array.isArray(header) ? header.join(',') : header).split(',');

function mapTraceState(headers: Headers, change: (members: string[]) => string[]): Headers {
  const { tracestate: header } = headers;
  return header === undefined ? headers : { ...headers, tracestate: change(membersOf(header)).join(',') };
}

const LEVEL_2_KEY = /^[a-z0-9][a-z0-9_*/@-]{0,255}$/;
const KEY = /(?<=^[ \t]*)[^ \t=][^=]*(?==)/;
const keyOf = (member: string): string => KEY.exec(member)?.[0] ?? '';

/** The first key of this length that core takes and nobody else has. */
function unusedKey(length: number, used: ReadonlySet<string>): string {
  for (let number = 10n * 36n ** BigInt(length - 1); ; number++) {
    const key = number.toString(36);
    if (key.length > length) throw new Error(`no key of ${length} characters is left`);
    if (!used.has(key)) return key;
  }
}

/** For each key that only Level 2 allows, one as long that Level 1 allows: what counts characters is none the wiser. */
function standIns({ tracestate: header }: Headers, core: CoreRelease): Map<string, string> {
  const keys = header === undefined ? [] : membersOf(header).map(keyOf);
  const used = new Set(keys);
  const found = new Map<string, string>();
  for (const key of new Set(keys)) {
    if (!LEVEL_2_KEY.test(key) || core.isTraceStateMember(`${key}=v`)) continue;
    const standIn = unusedKey(key.length, used);
    used.add(standIn);
    found.set(key, standIn);
  }
  return found;
}

function renamed(members: string[], names: ReadonlyMap<string, string>): string[] {
  return members.map((member) => member.replace(KEY, (key) => names.get(key) ?? key));
}

function fit(members: string[]): string[] {
  const kept = [...members];
  const tooLong = () => kept.join(',').length > 512;
  const dropLast = (droppable: (member: string) => boolean): boolean => {
    const at = kept.map(droppable).lastIndexOf(true);
    kept.splice(at, at < 0 ? 0 : 1);
    return at >= 0;
  };
  while (tooLong() && (dropLast((member) => member.length > 128) || dropLast(() => true)));
  return kept;
}

const EXTRACTED: Difference<Headers, Extracted>[] = [
  {
    clause: '3.3.2.2.1',
    what: 'a key may begin with a digit and have any number of @, anywhere but at its beginning; core drops what Level 1 did not allow',
    input: (headers, core) => mapTraceState(headers, (members) => renamed(members, standIns(headers, core))),
    output: (span, _input, given, core) => {
      const keys = new Map([...standIns(given, core)].map(([key, standIn]) => [standIn, key]));
      return span && { ...span, traceState: renamed(span.traceState.split(','), keys).join(',') };
    },
    example: { traceparent: TRACEPARENT, tracestate: '1=a,a@=b,0=c,b@longer-than-14@characters@=d,b=e' },
  },
  {
    clause: '3.2.2.2 (version-format), RFC 9110 section 5.3',
    what: 'a repeated traceparent is no traceparent; core takes the first',
    input: (headers) => (isRepeated(headers['traceparent']) ? { ...headers, traceparent: undefined } : headers),
    example: { traceparent: [TRACEPARENT, `00-${TRACE_ID}-${'1'.repeat(16)}-01`] },
  },
  {
    clause: '3.2.2 (value), RFC 9110 section 5.5',
    what: 'white space around the value is spaces and tabs, any number; core takes one character that Unicode calls white space',
    input: (headers) => {
      const value = first(headers['traceparent'])?.replace(OWS_AT_ENDS, '') ?? '';
      // At the end of a later version's unknown fields, both let it stand.
      const other = value.trimStart() !== value || (value.trimEnd() !== value && value.trimEnd().length <= 55);
      return { ...headers, traceparent: other ? undefined : value };
    },
    example: { traceparent: ` \t${TRACEPARENT}  ` },
  },
  {
    clause: '3.2.2.5.3',
    what: 'flags that are not defined are zero; core passes all eight bits on',
    output: (span) => span && { ...span, traceFlags: span.traceFlags & 3 },
    example: { traceparent: `00-${TRACE_ID}-${SPAN_ID}-fd` },
  },
  {
    clause: '3.2.4',
    what: 'of a later version only the sampled flag is known; core passes all eight bits on',
    output: (span, headers) =>
      span && { ...span, traceFlags: span.traceFlags & (first(headers['traceparent'])?.startsWith('00') ? 3 : 1) },
    example: { traceparent: `01-${TRACE_ID}-${SPAN_ID}-03` },
  },
  {
    clause: '3.3.2 (OWS)',
    what: 'white space around members is spaces and tabs; core takes all that Unicode calls white space',
    input: (headers) =>
      mapTraceState(headers, (members) =>
        members.filter((member) => member.replace(OWS_AT_ENDS, '') === member.trim()),
      ),
    example: { traceparent: TRACEPARENT, tracestate: 'a=1,\u00a0b=2' },
  },
  {
    clause: '3.3.3',
    what: 'of a repeated key the leftmost entry is the latest; core puts the rightmost in its place',
    input: (headers, core) =>
      mapTraceState(headers, (members) => {
        const valid = members.map((member) => member.trim()).filter(core.isTraceStateMember);
        const keys = valid.map((member) => member.slice(0, member.indexOf('=')));
        return valid.filter((_member, i) => keys.indexOf(keys[i] ?? '') === i).slice(0, 32);
      }),
    example: { traceparent: TRACEPARENT, tracestate: 'congo=2,rojo=1,congo=1' },
  },
  {
    clause: '3.3.3.1',
    what: 'what is too long loses the entries above 128 characters first, then from its end; core skips what does not fit',
    input: (headers) => mapTraceState(headers, fit),
    example: {
      traceparent: TRACEPARENT,
      tracestate: `long=${'v'.repeat(200)},${'abcdefgh'
        .split('')
        .map((key) => `${key}=${'v'.repeat(40)}`)
        .join(',')}`,
    },
  },
];

const INJECTED: Difference<Partial<SpanContext>, Record<string, string>>[] = [
  {
    clause: '3.2.2 (HEXDIGLC)',
    what: 'ids go out in lower case; core sends what the API holds for valid',
    input: ({ traceId, spanId, ...rest }) => ({
      ...rest,
      ...(traceId !== undefined && { traceId: traceId.toLowerCase() }),
      ...(spanId !== undefined && { spanId: spanId.toLowerCase() }),
    }),
    example: { traceId: TRACE_ID.toUpperCase() },
  },
  {
    clause: '3.2.2.5.3',
    what: 'flags that are not defined are zero; core sends all, and three digits from 0x10 up',
    input: ({ traceFlags = 1, ...rest }) => ({ ...rest, traceFlags: traceFlags & 3 }),
    example: { traceFlags: 0xff },
  },
  {
    clause: '3.3.2',
    what: 'an empty tracestate is not sent',
    output: ({ tracestate: list, ...rest }) =>
      list === undefined || list === '' ? rest : { ...rest, tracestate: list },
    example: { traceState: createTraceState('') },
  },
  {
    clause: '3.3.2, 3.3.3.1',
    what: 'what was set beyond 32 members or 512 characters is not sent; core sends what the API has been given',
    output: (headers, { traceState }) =>
      traceState === undefined
        ? headers
        : (mapTraceState(headers, (members) => fit(members.slice(0, 32))) as Record<string, string>), // strings stay strings
    example: { traceState: createTraceState('a=1').set('b', 'v'.repeat(255)).set('c', 'v'.repeat(255)) },
  },
];

/** What core's answer is by the text of the W3C. */
function corrected<In, Out>(
  differences: Difference<In, Out>[],
  core: CoreRelease,
  answer: (input: In) => Out,
  given: In,
): Out {
  const input = differences.reduce((sofar, { input: change }) => change?.(sofar, core) ?? sofar, given);
  return differences.reduce(
    (sofar, { output: change }) => (change ? change(sofar, input, given, core) : sofar),
    answer(input),
  );
}

describe.each(CORE_RELEASES)('trace context as %s', (_name, load) => {
  let core: CoreRelease;

  beforeAll(async () => {
    core = await load();
  });

  const ours = (headers: Headers): Extracted => spanContextIn(extract(w3cTraceContextPropagator, headers));
  const theirs = (headers: Headers): Extracted => spanContextIn(extract(core.traceContext, headers));
  const oursSent = (span: Partial<SpanContext>) => inject(w3cTraceContextPropagator, contextOf(span));
  const theirsSent = (span: Partial<SpanContext>) => inject(core.traceContext, contextOf(span));

  test('extracts the same from 20,000 generated headers but for the differences listed', () => {
    check(20_000, traceHeaders, (headers) => {
      expect(ours(headers)).toEqual(corrected(EXTRACTED, core, theirs, headers));
    });
  });

  test.each(EXTRACTED)('extract, Trace Context $clause: $what', ({ example }) => {
    expect(ours(example)).not.toEqual(theirs(example));
    expect(ours(example)).toEqual(corrected(EXTRACTED, core, theirs, example));
  });

  test('injects the same for 20,000 generated span contexts but for the differences listed', () => {
    const hexDigits = charOf('0123456789abcdefABCDEF');
    // The API's own has no key of Level 2; what was extracted has, and core sends what the application holds, too.
    const traceState: fc.Arbitrary<TraceState> = fc.oneof(
      tracestate.map((list) => createTraceState(list)),
      tracestate.map((list) => parseTraceState(list) ?? createTraceState()),
    );
    const spans = fc.record(
      {
        traceId: fc.string({ unit: hexDigits, minLength: 31, maxLength: 32 }),
        spanId: fc.string({ unit: hexDigits, minLength: 15, maxLength: 16 }),
        traceFlags: fc.oneof(fc.constantFrom(0, 1), fc.nat({ max: 255 })),
        traceState,
      },
      { requiredKeys: [] },
    );
    check(20_000, spans, (span) => {
      expect(oursSent(span)).toEqual(corrected(INJECTED, core, theirsSent, span));
    });
  });

  test.each(INJECTED)('inject, Trace Context $clause: $what', ({ example }) => {
    expect(oursSent(example)).not.toEqual(theirsSent(example));
    expect(oursSent(example)).toEqual(corrected(INJECTED, core, theirsSent, example));
  });

  test('injects nothing where tracing is suppressed', () => {
    const suppressed = core.suppressTracing(contextOf());
    expect(inject(core.traceContext, suppressed)).toEqual({});
    expect(inject(w3cTraceContextPropagator, suppressed)).toEqual({});
  });

  test('names the same fields', () => {
    expect(w3cTraceContextPropagator.fields()).toEqual(core.traceContext.fields());
  });
});
