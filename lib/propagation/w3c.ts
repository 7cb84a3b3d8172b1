import type { TextMapPropagator } from '@opentelemetry/api';
import { w3cBaggagePropagator } from './w3c-baggage.js';
import { w3cTraceContextPropagator } from './w3c-trace-context.js';

/**
 * W3C trace context and W3C baggage, for processes that have registered no propagator. Written on the API alone, because
 * every major of `@opentelemetry/core` asks for one range of the API and would break the install of the others' users.
 */
export const w3cPropagator: TextMapPropagator = {
  inject(context, carrier, setter) {
    w3cTraceContextPropagator.inject(context, carrier, setter);
    w3cBaggagePropagator.inject(context, carrier, setter);
  },

  extract(context, carrier, getter) {
    return w3cBaggagePropagator.extract(w3cTraceContextPropagator.extract(context, carrier, getter), carrier, getter);
  },

  fields: () => [...w3cTraceContextPropagator.fields(), ...w3cBaggagePropagator.fields()],
};
