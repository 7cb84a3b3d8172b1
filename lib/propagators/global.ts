import { propagation, type TextMapPropagator } from '@opentelemetry/api';
import { w3cPropagator } from './w3c.js';

/** The API's own no-op stands in for a propagator that nobody has registered, and it alone has no fields. */
function current(): Pick<TextMapPropagator, 'inject' | 'extract' | 'fields'> {
  return propagation.fields().length === 0 ? w3cPropagator : propagation;
}

/**
 * The globally registered propagator, looked up at every call, so the SDK may start after the import; W3C trace context
 * and baggage where none is registered.
 */
export const globalPropagator: TextMapPropagator = {
  inject(context, carrier, setter) {
    current().inject(context, carrier, setter);
  },
  extract(context, carrier, getter) {
    return current().extract(context, carrier, getter);
  },
  fields: () => current().fields(),
};
