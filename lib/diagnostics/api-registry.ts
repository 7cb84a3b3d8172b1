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

/**
 * What the API answers as long as the same is registered under a name, asked for once, since the API compares versions at every
 * call. As long as nothing is, it is asked every time.
 */
export function whileRegistered<Answer>(name: string, ask: () => Answer): () => Answer {
  let known: { readonly registry: object; readonly member: unknown; readonly answer: Answer } | undefined;
  return () => {
    const registry = registered();
    const member = registry?.[name];
    if (known !== undefined && known.registry === registry && known.member === member) return known.answer;
    const answer = ask();
    known = registry === undefined || member === undefined ? undefined : { registry, member, answer };
    return answer;
  };
}
