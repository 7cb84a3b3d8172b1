import { context, createContextKey, propagation, ROOT_CONTEXT, type TextMapPropagator } from '@opentelemetry/api';
import { whileRegistered } from '../diagnostics/api-registry.js';
import { w3cPropagator } from './w3c.js';

/**
 * The API's own no-op stands in for a propagator that nobody has registered, and it alone has no fields, of which a propagator
 * makes a new list whenever it is asked.
 */
const isRegistered = whileRegistered('propagation', () => propagation.fields().length > 0);

function current(): Pick<TextMapPropagator, 'inject' | 'extract' | 'fields'> {
  return isRegistered() ? propagation : w3cPropagator;
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

const PROBE_KEY = createContextKey('grpc-js-opentelemetry: probe');
const PROBE = ROOT_CONTEXT.setValue(PROBE_KEY, true);
// By its value: a context manager may make contexts of its own of those that it is handed.
const isProbeActive = (): boolean => context.active().getValue(PROBE_KEY) === true;

/**
 * Whether there is anything to pass on by {@link globalPropagator}. The fallback writes what the active context holds, and
 * where no context manager is registered no context is ever active.
 */
export function hasGlobalPropagation(): boolean {
  return isRegistered() || context.with(PROBE, isProbeActive);
}
