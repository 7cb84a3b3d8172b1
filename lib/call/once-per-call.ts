/**
 * Who has a call already, so that a second tracing interceptor of the same chain makes no second span of it. In the registry
 * of symbols, because the CommonJS and the ES module build may both be loaded.
 */
const TRACED = Symbol.for('grpc-js-opentelemetry.traced');

/** The types of grpc-js have no room for a mark. */
interface Markable {
  [TRACED]?: unknown;
}

/** What a call is of. grpc-js makes it afresh for every call of a client and of a server. */
interface CallDefinition {
  readonly path: string;
}

/** The call whose chain is being made right now below a tracing interceptor. */
interface Making {
  call: CallDefinition | undefined;
}

const making = sharedMaking();

function sharedMaking(): Making {
  const shared: Making = (globalThis as { [TRACED]?: Making })[TRACED] ?? { call: undefined };
  Object.defineProperty(globalThis, TRACED, { value: shared, configurable: true });
  return shared;
}

/** Makes what is below a tracing interceptor or channel of a client: all that traces there leaves the call to it. */
export function makeTraced<Options, Call>(
  call: CallDefinition,
  make: (options: Options) => Call,
  options: Options,
): Call {
  const outer = making.call;
  making.call = call;
  try {
    return make(options);
  } finally {
    making.call = outer;
  }
}

/**
 * Whether another tracing interceptor, above in the same chain, has the client call.
 *
 * An interceptor between them that retries asks this one again when the chain is long made: then it is known by what it is
 * handed for what comes next, which is the same at each attempt, and of this place in this call's chain alone. An
 * interceptor above both that retries asks the first, which is to trace each attempt.
 */
export function isTracedClientCall(definition: CallDefinition, nextCall: object): boolean {
  if (making.call !== definition) return TRACED in definition && definition[TRACED] === nextCall;
  // An assignment would throw where an interceptor has frozen it.
  Reflect.set(definition, TRACED, nextCall);
  return true;
}

/** Whether a call that a channel is asked for right now is the end of a chain that is traced already. */
export function isTracedAbove(path: string): boolean {
  return making.call?.path === path;
}

/** Whether another tracing interceptor of the same chain has the server call. */
export function isTracedServerCall(definition: object): boolean {
  return TRACED in definition;
}

/** Marks a server call's method definition, which grpc-js makes afresh for every call. */
export function markTraced(definition: object): void {
  // Defining a property instead of setting it takes ten times as long.
  (definition as Markable)[TRACED] = true;
}
