/**
 * Where copies of the API meet: each registers here what it is handed, and reads only what a copy as new as itself has
 * registered.
 */
const API_REGISTRY = Symbol.for('opentelemetry.js.api.1');

/** What is registered, under the names that the API gives it. Undefined as long as nothing is. */
export function registered(): Readonly<Record<string, unknown>> | undefined {
  // The cast: of its own symbol nothing is known, and nothing is taken for granted.
  const registry = (globalThis as { readonly [API_REGISTRY]?: unknown })[API_REGISTRY];
  return isRecord(registry) ? registry : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
