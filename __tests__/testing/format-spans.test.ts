import { SpanKind } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace-node';
import { formatSpans } from 'grpc-js-opentelemetry/testing';
import { DecidingSampler } from '../helpers/deciding-sampler.js';
import { called, countedTelemetry, record, SPAN_1, SPAN_2, SPAN_3, TRACE_1, TRACE_2 } from './kit.js';

it('says that there are no spans', () => {
  expect(formatSpans([])).toBe('there are no spans');
});

it('draws a tree for each trace, in the order of their starts', () => {
  const telemetry = countedTelemetry();
  const client = record(telemetry, { attributes: called('OK') });
  const server = record(telemetry, { kind: SpanKind.SERVER, attributes: called('NOT_FOUND'), parent: client });
  const other = record(telemetry, { name: 'work', kind: SpanKind.INTERNAL });
  expect(formatSpans([other, server, client])).toBe(
    [
      `trace ${TRACE_1}`,
      `CLIENT a.B/C OK ${SPAN_1}`,
      `└ SERVER a.B/C NOT_FOUND ${SPAN_2}`,
      '',
      `trace ${TRACE_2}`,
      `INTERNAL work ${SPAN_3}`,
    ].join('\n'),
  );
});

it('tells the order of starts within one second', () => {
  const telemetry = countedTelemetry();
  const tracer = telemetry.tracerProvider.getTracer('test');
  for (const nanos of [2, 3, 1]) tracer.startSpan(`${nanos}`, { startTime: [1, nanos] }).end();
  expect(formatSpans(telemetry.spans).match(/(?<=INTERNAL )\d/g)).toEqual(['1', '2', '3']);
});

it('tells of a parent that is not there', () => {
  const telemetry = countedTelemetry();
  const child = record(telemetry, { parent: record(telemetry) });
  expect(formatSpans([child])).toBe(`trace ${TRACE_1}\nCLIENT a.B/C ${SPAN_2}, parent ${SPAN_1} is not here`);
});

it('tells of links, also to spans that are not there', () => {
  const telemetry = countedTelemetry();
  const context = { traceId: 'f'.repeat(32), spanId: 'f'.repeat(16), traceFlags: 1 };
  const linked = record(telemetry);
  const span = record(telemetry, {
    links: [
      { context: linked.spanContext(), attributes: { sizes: [1, 2, 3, 4, 5, 6, 7], note: 'a\u202eb' } },
      { context },
    ],
  });
  expect(formatSpans([linked, span])).toBe(
    [
      `trace ${TRACE_1}`,
      `CLIENT a.B/C ${SPAN_1}`,
      '',
      `trace ${TRACE_2}`,
      [
        `CLIENT a.B/C ${SPAN_2}`,
        `link to ${SPAN_1} { sizes: [ 1, 2, 3, 4, 5, 6, 7 ], note: 'a?b' }`,
        `link to ${context.spanId} of trace ${context.traceId} (not here)`,
      ].join(', '),
    ].join('\n'),
  );
  expect(formatSpans([linked])).toBe(`trace ${TRACE_1}\nCLIENT a.B/C ${SPAN_1}`);
});

it('lets no id that a link holds move the cursor', () => {
  const context = { traceId: '\u001b[2J', spanId: '\r', traceFlags: 1 };
  expect(formatSpans([record(countedTelemetry(), { links: [{ context }] })])).toBe(
    `trace ${TRACE_1}\nCLIENT a.B/C ${SPAN_1}, link to ? of trace ?[2J (not here)`,
  );
});

it('tells of a span that is still open, and of one that is not sampled', () => {
  const telemetry = countedTelemetry(new DecidingSampler(SamplingDecision.RECORD));
  const span = telemetry.tracerProvider.getTracer('test').startSpan('work');
  expect(formatSpans(telemetry.openSpans)).toBe(`trace ${TRACE_1}\nINTERNAL work ${SPAN_1}, open, not sampled`);
  span.end();
  expect(formatSpans(telemetry.spans)).toBe(`trace ${TRACE_1}\nINTERNAL work ${SPAN_1}, not sampled`);
});

it.each([
  ['a name that a hook gave', 'greeting', called('OK'), 'CLIENT greeting (a.B/C) OK'],
  ['a code that gRPC has not defined', 'a.B/C', called('42'), 'CLIENT a.B/C 42'],
  ['a call without an end', 'a.B/C', called(undefined), 'CLIENT a.B/C'],
  [
    'the old conventions',
    'a.B/C',
    { 'rpc.system': 'grpc', 'rpc.service': 'a.B', 'rpc.method': 'C', 'rpc.grpc.status_code': 5 },
    'CLIENT a.B/C NOT_FOUND',
  ],
  [
    'the old conventions, without a service and without an end',
    'C',
    { 'rpc.system': 'grpc', 'rpc.service': '', 'rpc.method': 'C' },
    'CLIENT C',
  ],
  ['both conventions', 'a.B/C', { ...called('OK'), 'rpc.system': 'grpc', 'rpc.service': 'a.B' }, 'CLIENT a.B/C OK'],
  ['another system', 'a.B/C', { ...called('OK'), 'rpc.system.name': 'connectrpc' }, 'CLIENT a.B/C'],
  [
    'attributes of other types',
    'x',
    { 'rpc.system.name': 'grpc', 'rpc.method': 5, 'rpc.status_code': 0 },
    'CLIENT x ()',
  ],
  ['characters that move the cursor', 'a\u001b[2J\nb', called('O\rK', 'c\u202ed'), 'CLIENT a?[2J?b (c?d) O?K'],
])('shows %s', (_name, name, attributes, line) => {
  const span = record(countedTelemetry(), { name, attributes });
  expect(formatSpans([span])).toBe(`trace ${TRACE_1}\n${line} ${SPAN_1}`);
});
