import { SpanKind } from '@opentelemetry/api';
import {
  assertChildOf,
  assertNoSpanLink,
  assertNotChildOf,
  assertNotTraced,
  assertSpanLink,
  assertTraced,
  tracingMatchers,
  type RecordedSpan,
  type TracingMatchers,
} from 'grpc-js-opentelemetry/testing';
import { called, countedTelemetry, record } from './kit.js';

declare global {
  namespace jest {
    interface Matchers<R> extends TracingMatchers<R> {}
  }
}

expect.extend(tracingMatchers);

const METHOD = 'a.B/C';

function call(): [client: RecordedSpan, server: RecordedSpan] {
  const telemetry = countedTelemetry();
  const client = record(telemetry, { attributes: called('OK') });
  return [client, record(telemetry, { kind: SpanKind.SERVER, attributes: called('OK'), parent: client })];
}

/** That a matcher fails just as an assertion does. */
function failAlike(matcher: () => void, assertion: () => void): void {
  let message = '';
  try {
    assertion();
  } catch (error) {
    // The assertions throw errors only.
    message = (error as Error).message;
  }
  expect(message).not.toBe('');
  expect(matcher).toThrow(new Error(message));
}

describe('toBeTraced', () => {
  it('passes for one span that is as expected, and with not for none', () => {
    const spans = call();
    expect(spans).toBeTraced({ method: METHOD, side: 'client', code: 'OK' });
    expect(spans).not.toBeTraced({ method: METHOD, code: 'NOT_FOUND' });
    expect([]).not.toBeTraced({ method: METHOD });
  });

  it('fails as assertTraced does', () => {
    const spans = call();
    for (const expected of [{ method: METHOD }, { method: METHOD, code: 'NOT_FOUND' }, { method: 'a.B/D' }] as const)
      failAlike(
        () => expect(spans).toBeTraced(expected),
        () => assertTraced(spans, expected),
      );
  });

  it('fails with not as assertNotTraced does, for two spans as well', () => {
    const spans = call();
    for (const expected of [{ method: METHOD }, { method: METHOD, side: 'server' }] as const)
      failAlike(
        () => expect(spans).not.toBeTraced(expected),
        () => assertNotTraced(spans, expected),
      );
  });
});

describe('toBeChildOf', () => {
  it('passes for the child, and with not for what is none', () => {
    const [client, server] = call();
    expect(server).toBeChildOf(client);
    expect(client).not.toBeChildOf(server);
  });

  it('fails as the assertions do', () => {
    const [client, server] = call();
    failAlike(
      () => expect(client).toBeChildOf(server),
      () => assertChildOf(client, server),
    );
    failAlike(
      () => expect(server).not.toBeChildOf(client),
      () => assertNotChildOf(server, client),
    );
  });
});

describe('toHaveSpanLink', () => {
  const attributes = { reason: 'retry' };
  const telemetry = countedTelemetry();
  const to = record(telemetry);
  const span = record(telemetry, { links: [{ context: to.spanContext(), attributes }] });

  it('passes for a link, to a span or to a context, and with not where there is none', () => {
    expect(span).toHaveSpanLink(to);
    expect(span).toHaveSpanLink(to.spanContext(), attributes);
    expect(to).not.toHaveSpanLink(span);
    expect(span).not.toHaveSpanLink(to, { reason: 'batch' });
  });

  it('fails as the assertions do', () => {
    failAlike(
      () => expect(to).toHaveSpanLink(span),
      () => assertSpanLink(to, span),
    );
    failAlike(
      () => expect(span).toHaveSpanLink(to, { reason: 'batch' }),
      () => assertSpanLink(span, to, { reason: 'batch' }),
    );
    failAlike(
      () => expect(span).not.toHaveSpanLink(to, attributes),
      () => assertNoSpanLink(span, to, attributes),
    );
    failAlike(
      () => expect(undefined).toHaveSpanLink(to),
      () => assertSpanLink(undefined, to),
    );
  });
});

it('say nothing where they pass', () => {
  const spans = call();
  const { pass, message } = tracingMatchers.toBeTraced.call({}, spans, { method: METHOD, side: 'server' });
  expect([pass, message()]).toEqual([true, '']);
  const not = tracingMatchers.toBeTraced.call({ isNot: true }, spans, { method: 'a.B/D' });
  expect([not.pass, not.message()]).toEqual([false, '']);
});
