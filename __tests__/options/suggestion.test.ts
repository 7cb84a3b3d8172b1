import type { ServerTracingOptions } from '../../lib/options/options.js';
import { OPTION_RULES } from '../../lib/options/rules.js';
import { suggestionFor } from '../../lib/options/suggestion.js';

const OPTIONS = Object.keys(OPTION_RULES);

/** Names that other libraries have for what an option does here, or to which it is close enough to say so. */
const MEANT: Readonly<Partial<Record<keyof ServerTracingOptions, readonly string[]>>> = {
  // otelgrpc and Kratos, as in Go, as in JavaScript, and without what they begin with.
  tracerProvider: ['WithTracerProvider', 'withTracerProvider', 'TracerProvider', 'tracerprovider', 'tracerProvder'],
  tracerName: ['WithTracerName', 'traceName', 'tracersName'],
  meterProvider: ['WithMeterProvider', 'meterProvder'],
  propagator: ['WithPropagator', 'WithPropagators', 'propagators', 'propogator', 'textMapPropagator'],
  filter: ['WithFilter', 'WithInterceptorFilter', 'filters', 'filter_', 'filtter', 'filer', 'fitler', 'filtre'],
  attributes: ['attribute', 'Attributes', 'WithSpanAttributes', 'spanAttributes'],
  metricAttributes: ['WithMetricAttributes', 'WithMetricAttributesFn', 'metricAttributesFn', 'metricAttribute'],
  messageEvents: ['WithMessageEvents', 'messageEvent'],
  startHook: ['starthook', 'startHooks'],
  endHook: ['endhook', 'andHook'],
  isError: ['iserror', 'isErrors'],
};

const ELSEWHERE: readonly (readonly [use: string, names: readonly string[]])[] = [
  // @opentelemetry/instrumentation, instrumentation-grpc and -http.
  ['filter', ['ignoreGrpcMethods', 'enabled', 'ignoreIncomingRequestHook', 'ignoreOutgoingRequestHook']],
  ['filter', ['disableIncomingRequestInstrumentation', 'disableOutgoingRequestInstrumentation']],
  ['captureMetadata', ['metadataToSpanAttributes', 'headersToSpanAttributes']],
  ['startHook', ['requestHook']],
  ['endHook', ['responseHook', 'applyCustomAttributesOnSpan']],
  ['attributes', ['startIncomingSpanHook', 'startOutgoingSpanHook']],
  ["the SDK's sampler", ['requireParentSpan', 'requireParentforIncomingSpans', 'requireParentforOutgoingSpans']],
  // otelgrpc and otelhttp.
  ['attributes', ['WithSpanOptions', 'withSpanStartOptions', 'spanStartOptions']],
  ['startHook', ['WithSpanNameFormatter', 'spanNameFormatter']],
  ['messageEvents', ['receivedEvent', 'sentEvent', 'ReceivedEvents', 'sentEvents']],
  ['trustIncoming, the opposite', ['WithPublicEndpoint', 'WithPublicEndpointFn', 'publicEndpoint']],
  ['isError', ['WithNonErrorCodes', 'nonErrorCodes']],
  // What anyone may try.
  ['tracerProvider', ['tracer', 'provider']],
  ['meterProvider', ['meter']],
  ["the SDK's sampler", ['sampler']],
  ["the SDK's resource", ['serviceName', 'resource']],
];

/** What is to be told of each name. */
function rows(told: readonly (readonly [string, readonly string[]])[]): readonly (readonly [string, string])[] {
  return told.flatMap(([here, names]) => names.map((name) => [name, here] as const));
}

it.each(rows(Object.entries(MEANT)))('%s is likely to mean %s', (name, option) => {
  expect(suggestionFor(name, OPTIONS)).toBe(`, did you mean '${option}'?`);
});

it.each(rows(ELSEWHERE))('whoever knows %s uses here: %s', (name, use) => {
  expect(suggestionFor(name, OPTIONS)).toBe(`: use ${use}`);
});

it.each(['', 'x', 'deadline', 'interceptors', 'constructor', '__proto__', 'fi', 'fxxter', 'fitlxr', 'isErr'])(
  'of %p nobody can tell what it means',
  (name) => {
    expect(suggestionFor(name, OPTIONS)).toBe('');
  },
);

it('an option of the other side is called that', () => {
  expect(suggestionFor('trustIncoming', OPTIONS)).toBe(', which the other side has');
});
