import { SpanKind, SpanStatusCode, type Span } from '@opentelemetry/api';
import { plainSpan, type PlainSpan } from 'grpc-js-opentelemetry/testing';
import { countedTelemetry } from './kit.js';

const LINK = { context: { traceId: '1'.repeat(32), spanId: '1'.repeat(16), traceFlags: 1 } };
const NOTHING: PlainSpan = {
  name: 'work',
  kind: 'SERVER',
  attributes: {},
  status: { code: 'UNSET' },
  events: [],
  links: 0,
};

it.each<[what: string, act: (span: Span) => unknown, said: Partial<PlainSpan>]>([
  ['nothing', () => undefined, {}],
  ['attributes', (span) => span.setAttribute('tenant', 'a'), { attributes: { tenant: 'a' } }],
  ['success', (span) => span.setStatus({ code: SpanStatusCode.OK }), { status: { code: 'OK' } }],
  [
    'a failure',
    (span) => span.setStatus({ code: SpanStatusCode.ERROR, message: 'no' }),
    { status: { code: 'ERROR', message: 'no' } },
  ],
  [
    'events, with and without attributes',
    (span) => span.addEvent('one', { size: 1 }).addEvent('two'),
    {
      events: [
        { name: 'one', attributes: { size: 1 } },
        { name: 'two', attributes: {} },
      ],
    },
  ],
  ['links', (span) => span.addLinks([LINK, LINK]), { links: 2 }],
])('a span that says %s, as a plain object', (_what, act, said) => {
  const telemetry = countedTelemetry();
  const span = telemetry.tracerProvider.getTracer('test').startSpan('work', { kind: SpanKind.SERVER });
  act(span);
  span.end();
  expect(telemetry.spans.map(plainSpan)).toStrictEqual([{ ...NOTHING, ...said }]);
});
