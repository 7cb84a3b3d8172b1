import { trace, type Tracer, type TracerProvider } from '@opentelemetry/api';
import { tracerOf } from '../../lib/signals/tracer.js';

const TRACER: Tracer = trace.getTracer('of the provider itself');
const fail = (): never => {
  throw new Error('not to be asked');
};

it('a provider is asked once, by name, version and schema', () => {
  const getTracer = jest.fn(() => TRACER);
  const options = { schemaUrl: 'https://example.com/1' };
  const tracer = tracerOf({ getTracer }, 'mine', options);
  expect([tracer(), tracer(), tracer()]).toEqual([TRACER, TRACER, TRACER]);
  expect(getTracer.mock.calls).toEqual([['mine', expect.any(String), options]]);
});

it.each([{ getDelegate: fail }, { getDelegateTracer: fail }])(
  'a provider that has one method of the API’s stand-in is none: %p',
  (method) => {
    const provider: TracerProvider = { ...method, getTracer: () => TRACER };
    expect(tracerOf(provider, 'mine', {})()).toBe(TRACER);
  },
);
