/**
 * Marks what grpc-js hands along the chain of one call, so that a second tracing interceptor in it makes no second span.
 * In the registry of symbols, because the CommonJS and the ES module build may both be loaded.
 */
const TRACED = Symbol.for('grpc-js-opentelemetry.traced');

/** The types of grpc-js have no room for a mark. */
interface Markable {
  [TRACED]?: unknown;
}

/** What grpc-js tells the interceptors of a client call. It makes the definition afresh for every call. */
interface ClientCallOptions {
  readonly method_definition: object;
}

/** Whether another tracing interceptor of the same chain has the client call. */
export function isTracedClientCall(options: ClientCallOptions): boolean {
  return (options as Markable)[TRACED] === options.method_definition;
}

/**
 * A copy of a client call's options that says so. A copy, because an interceptor above that retries makes several calls
 * with the same options, and each is to be traced. The mark is of one call: an interceptor that hands the options on to
 * another client makes a call with a definition of its own.
 */
export function asTraced<Options extends ClientCallOptions>(options: Options): Options {
  const mark = options.method_definition;
  // Beside a mark that was handed on with them it must come last, which costs six times as much.
  return TRACED in options ? { ...options, [TRACED]: mark } : { [TRACED]: mark, ...options };
}

/** The method whose chain is being made below a tracing interceptor: grpc-js makes the call on the channel within that. */
let beingMade: string | undefined;

/** Makes what is below a tracing interceptor, so that a tracing channel there leaves the call to it. */
export function makeTraced<Options, Call>(path: string, make: (options: Options) => Call, options: Options): Call {
  const outer = beingMade;
  beingMade = path;
  try {
    return make(options);
  } finally {
    beingMade = outer;
  }
}

/** Whether a call that a channel is asked for right now is the end of a chain that is traced already. */
export function isTracedAbove(path: string): boolean {
  return beingMade === path;
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
