import { propagation, trace, type TextMapPropagator, type TracerProvider } from '@opentelemetry/api';
import { whileRegistered } from '../../lib/diagnostics/api-registry.js';
import { Telemetry } from '../helpers/telemetry.js';

const PROPAGATOR: TextMapPropagator = { inject() {}, extract: (context) => context, fields: () => ['x'] };

afterEach(() => {
  trace.disable();
  propagation.disable();
});

function counting(): { readonly ask: jest.Mock<TracerProvider, []>; readonly provider: () => TracerProvider } {
  const ask = jest.fn(() => trace.getTracerProvider());
  return { ask, provider: whileRegistered('trace', ask) };
}

it('asks every time as long as nothing is registered', () => {
  const { ask, provider } = counting();
  expect([provider(), provider()]).toEqual([trace.getTracerProvider(), trace.getTracerProvider()]);
  expect(ask).toHaveBeenCalledTimes(2);
});

it('asks once for what is registered, also where it was asked before', () => {
  const { ask, provider } = counting();
  provider();
  trace.setGlobalTracerProvider(new Telemetry().provider);
  expect([provider(), provider()]).toEqual([trace.getTracerProvider(), trace.getTracerProvider()]);
  expect(ask).toHaveBeenCalledTimes(2);
});

it('asks again for what is registered in its place, or taken away', () => {
  const { provider } = counting();
  trace.setGlobalTracerProvider(new Telemetry().provider);
  const first = provider();
  trace.disable();
  expect(provider()).toBe(trace.getTracerProvider());
  trace.setGlobalTracerProvider(new Telemetry().provider);
  expect(provider()).toBe(trace.getTracerProvider());
  expect(provider()).not.toBe(first);
});

it('does not ask for what is registered under another name', () => {
  const { ask, provider } = counting();
  trace.setGlobalTracerProvider(new Telemetry().provider);
  provider();
  propagation.setGlobalPropagator(PROPAGATOR);
  provider();
  expect(ask).toHaveBeenCalledTimes(1);
});
