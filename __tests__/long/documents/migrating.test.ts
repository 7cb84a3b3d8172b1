import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Fixture } from '../../../e2e/environments/fixture.js';
import type { Outcome, Outcomes } from '../../../e2e/environments/program/outcomes.js';
import type { PrintedSpan } from '../../../e2e/environments/program/spans.js';
import { environmentOf } from '../../../e2e/environments/run.js';
import { autoRelease, SDKS } from '../../../tools/sdks.js';
import { ROOT } from '../../../tools/places.js';
import { codes, tableRows } from '../../helpers/readme.js';

const GUIDE = readFileSync(join(ROOT, 'docs/migrating.md'), 'utf8');

type Side = 'client' | 'server';

const span = ({ spans }: Outcome, side: Side): PrintedSpan | undefined =>
  spans.find(({ kind }) => kind === (side === 'client' ? SpanKind.CLIENT : SpanKind.SERVER));

/** What the guide says of the auto instrumentation's spans, by the rows of its table. */
const ROWS: Readonly<Record<string, (outcomes: Outcomes) => void>> = {
  name({ ok }) {
    expect(ok.spans.map(({ name }) => name)).toEqual(['grpc.test.Echo/Unary', 'grpc.test.Echo/Unary']);
  },
  'instrumentation scope'({ ok }) {
    expect(new Set(ok.spans.map(({ scope }) => scope))).toEqual(new Set(['@opentelemetry/instrumentation-grpc']));
  },
  'server status'({ failed }) {
    expect(span(failed, 'server')?.status.code).toBe(SpanStatusCode.ERROR);
  },
  'a cancelled or timed-out server call'({ cancelled }) {
    expect(cancelled.spans.map(({ kind }) => kind)).toEqual([SpanKind.CLIENT]);
  },
  'status description'({ failed, failedStream }) {
    const told = [failed, failedStream].flatMap((outcome) => [span(outcome, 'client'), span(outcome, 'server')]);
    expect(told.map((each) => each?.status.message)).toEqual([
      undefined,
      'no such name',
      '5 NOT_FOUND: no such name',
      'no such name',
    ]);
  },
  "a client's callbacks"(outcomes) {
    for (const outcome of Object.values(outcomes)) expect(outcome.toldIn).toBe(span(outcome, 'client')?.spanId);
  },
  "the caller's metadata"({ ok }) {
    expect(ok.keys).toEqual(['a-key', 'traceparent']);
  },
};

const attributesTold = tableRows('Attributes', GUIDE).filter(([first]) => first !== 'none');

/** The first column of the guide's attributes that a side has: the name of each, and the value that is given for it. */
function told(side: Side): Readonly<Record<string, string | undefined>> {
  const rows = attributesTold.filter(([first]) => side === 'client' || !first?.includes('(client)'));
  return Object.fromEntries(rows.map(([first]) => codes(first)).map(([name = '', value]) => [name, value]));
}

it('the guide has the rows that are held here', () => {
  expect(tableRows('Spans', GUIDE).map(([first]) => first)).toEqual(Object.keys(ROWS));
  expect(attributesTold).toHaveLength(10);
});

const measured = new Map<string, Outcomes>();

beforeAll(async () => {
  for (const sdk of SDKS) {
    const fixture = await Fixture.create(sdk);
    try {
      await fixture.compile('commonjs');
      const program = fixture.inside('commonjs', 'outcomes.js');
      const { stdout } = await promisify(execFile)(await sdk.node(), [program], { env: environmentOf('auto') });
      // The program prints one line of this form.
      measured.set(autoRelease(sdk), JSON.parse(stdout) as Outcomes);
    } finally {
      await fixture.remove();
    }
  }
});

function outcomesOf(release: string): Outcomes {
  const outcomes = measured.get(release);
  if (outcomes === undefined) throw new Error(`${release} has not been measured`);
  return outcomes;
}

/** What does not differ from call to call. */
function plain(outcomes: Outcomes): unknown {
  return Object.values(outcomes).map(({ spans }) =>
    spans.map(({ name, kind, scope, status, events, links, parentSpanId, attributes }) => ({
      ...{ name, kind, scope, status, events, links, isRoot: parentSpanId === undefined },
      attributes: { ...attributes, 'server.port': typeof attributes['server.port'] },
    })),
  );
}

it('all releases leave the same spans, as the guide says', () => {
  const [first, ...others] = [...measured.values()].map(plain);
  expect(others).toEqual(SDKS.slice(1).map(() => first));
});

describe.each(SDKS.map(autoRelease))('the auto instrumentation %s', (release) => {
  it('is named by the guide', () => {
    expect(GUIDE.split('\n## ')[0]).toContain(release);
  });

  it.each(Object.keys(ROWS))('leaves spans as the guide says: %s', (row) => {
    ROWS[row]?.(outcomesOf(release));
  });

  it.each(['client', 'server'] as const)('sets the attributes that the guide says, and no other: %s', (side) => {
    const attributes = Object.values(outcomesOf(release)).map((outcome) => span(outcome, side)?.attributes ?? {});
    const names = attributes.flatMap((each) => Object.keys(each)).map((name) => name.replace('.a_key', '.<key>'));
    expect([...new Set(names)].toSorted()).toEqual(Object.keys(told(side)).toSorted());
  });

  it('gives an error the values that the guide says', () => {
    const { 'grpc.error_name': name, 'grpc.error_message': message, 'rpc.grpc.status_code': code } = told('client');
    const { failed } = outcomesOf(release);
    expect(span(failed, 'client')?.attributes).toMatchObject({
      'rpc.system': told('client')['rpc.system'],
      'rpc.grpc.status_code': Number(code),
      'grpc.error_name': name,
      'grpc.error_message': message,
    });
    expect(span(failed, 'server')?.attributes).toMatchObject({ 'grpc.error_message': 'no such name' });
  });
});
