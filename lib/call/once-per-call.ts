/**
 * Marks what grpc-js hands along the chain of one call, so that a second tracing interceptor in it makes no second span.
 * In the registry of symbols, because the CommonJS and the ES module build may both be loaded.
 */
const TRACED = Symbol.for('grpc-js-opentelemetry.traced');

/** Whether another tracing interceptor of the same chain has the call. */
export function isTraced(call: object): boolean {
  return TRACED in call;
}

/**
 * A copy of a client call's options that says so. A copy, because an interceptor above that retries makes several calls
 * with the same options, and each is to be traced.
 */
export function asTraced<Options extends object>(options: Options): Options {
  return { [TRACED]: true, ...options };
}

/** Marks a server call's method definition, which grpc-js makes afresh for every call. */
export function markTraced(definition: object): void {
  // Its type has no room for a mark; defining a property instead of setting it takes ten times as long.
  (definition as { [TRACED]?: boolean })[TRACED] = true;
}
