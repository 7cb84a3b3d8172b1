/**
 * Where copies of the API meet: each registers here what it is handed, and reads only what a copy as new as itself has
 * registered.
 */
const API_REGISTRY = Symbol.for('opentelemetry.js.api.1');

/** What is registered, under the names that the API gives it. Undefined as long as nothing is. */
export function registered(): object | undefined {
  const registry: unknown = Reflect.get(globalThis, API_REGISTRY);
  return typeof registry === 'object' && registry !== null ? registry : undefined;
}
