import { trace, type TextMapPropagator, type Tracer, type TracerProvider } from '@opentelemetry/api';
import { globalPropagator } from './propagators/global.js';
import type { RpcSide } from './rpc-info.js';
import { PACKAGE_NAME, PACKAGE_VERSION } from './version.js';

/** What both sides can be told. Every option may be left out. */
export interface TracingOptions {
  /**
   * Makes the tracer. Give each service of a process its own to keep their spans and resources apart.
   *
   * Default: the global provider, looked up at every call, so the SDK may be started after this interceptor was made.
   */
  readonly tracerProvider?: TracerProvider | undefined;

  /**
   * Writes the context into the metadata of outgoing calls, or reads it from that of incoming ones.
   *
   * Default: the global propagator, looked up at every call; where none is registered, W3C Trace Context and W3C
   * Baggage. A propagator without fields counts as none: to switch propagation off, pass one here that does nothing.
   */
  readonly propagator?: TextMapPropagator | undefined;

  /** The tracer's name, that is the instrumentation scope of the spans. Default: the package's name. */
  readonly tracerName?: string | undefined;
}

/** Options of {@link tracingClientInterceptor} and {@link withTracing}. */
export type ClientTracingOptions = TracingOptions;

/** Options of {@link tracingServerInterceptor}. */
export type ServerTracingOptions = TracingOptions;

/** The options of one interceptor, checked and with their defaults filled in. */
export interface TracingSettings {
  readonly side: RpcSide;
  readonly tracer: () => Tracer;
  readonly propagator: TextMapPropagator;
}

/**
 * Checks the options and fills in the defaults.
 *
 * @throws TypeError naming the option and what was given, for a key that is not an option too.
 */
export function resolveOptions(side: RpcSide, options: TracingOptions | undefined): TracingSettings {
  const given = checkedOptions(side, options);
  const name = given.tracerName ?? PACKAGE_NAME;
  const { tracerProvider } = given;
  return {
    side,
    tracer: tracerProvider === undefined ? globalTracer(name) : tracerOf(tracerProvider, name),
    propagator: given.propagator ?? globalPropagator,
  };
}

function tracerOf(provider: TracerProvider, name: string): () => Tracer {
  const tracer = provider.getTracer(name, PACKAGE_VERSION);
  return () => tracer;
}

/** Asks for a new tracer only when the global provider has changed: `getTracer` is a look-up in the SDK. */
function globalTracer(name: string): () => Tracer {
  let provider = trace.getTracerProvider();
  let tracer = provider.getTracer(name, PACKAGE_VERSION);
  return () => {
    const current = trace.getTracerProvider();
    if (current !== provider) {
      provider = current;
      tracer = current.getTracer(name, PACKAGE_VERSION);
    }
    return tracer;
  };
}

/** What a value must look like to be taken for an option, and the words that say so when it does not. */
interface OptionRule {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

const RULES: Readonly<Record<keyof TracingOptions, OptionRule>> = {
  tracerProvider: { expected: 'a TracerProvider', accepts: (value) => hasMethods(value, ['getTracer']) },
  propagator: {
    expected: 'a TextMapPropagator',
    accepts: (value) => hasMethods(value, ['inject', 'extract', 'fields']),
  },
  tracerName: { expected: 'a non-empty string', accepts: (value) => typeof value === 'string' && value !== '' },
};

function checkedOptions(side: RpcSide, options: TracingOptions | undefined): TracingOptions {
  if (options === undefined) return {};
  // Callers without type checking pass anything.
  const given: unknown = options;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new TypeError(`${side} tracing options: expected an object, got ${shown(given)}`);
  }
  for (const [key, value] of Object.entries(given)) {
    const rule = Object.hasOwn(RULES, key) ? RULES[key as keyof TracingOptions] : undefined; // own key, just checked
    if (rule === undefined) {
      throw new TypeError(`${side} tracing options: unknown option '${key}'`);
    }
    if (value !== undefined && !rule.accepts(value)) {
      throw new TypeError(`${side} tracing options: '${key}' must be ${rule.expected}, got ${shown(value)}`);
    }
  }
  return options;
}

function hasMethods(value: unknown, names: readonly string[]): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  return names.every((name) => name in value && typeof value[name as keyof typeof value] === 'function'); // just found
}

function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}
