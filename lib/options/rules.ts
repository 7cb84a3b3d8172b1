import { inspect } from 'node:util';
import { CONVENTIONS } from '../conventions/attributes.js';
import { isSynchronous } from '../diagnostics/guard.js';
import type { RpcSide } from '../rpc/rpc-info.js';
import { isAttributeValue } from './attribute-value.js';
import { ERROR_EVENTS } from './error-events.js';
import type { ServerTracingOptions } from './options.js';
import { INTERCEPTORS } from './sides.js';
import { suggestionFor } from './suggestion.js';

/** What a value must be to be taken for an option, in words and as a test. */
interface OptionRule {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  /** Where the value is an object: what each of its own must be. */
  readonly each?: OptionRule;
}

const FUNCTION: OptionRule = { expected: 'a synchronous function', accepts: isSynchronous };
const BOOLEAN: OptionRule = { expected: 'a boolean', accepts: (value) => typeof value === 'boolean' };

/** Every option, of both sides. */
export const OPTION_RULES: Readonly<Record<keyof ServerTracingOptions, OptionRule>> = {
  tracerProvider: { expected: 'a TracerProvider', accepts: (value) => hasMethods(value, ['getTracer']) },
  propagator: {
    expected: 'a TextMapPropagator',
    accepts: (value) => hasMethods(value, ['inject', 'extract', 'fields']),
  },
  meterProvider: { expected: 'a MeterProvider', accepts: (value) => hasMethods(value, ['getMeter']) },
  tracerName: { expected: 'a non-empty string', accepts: (value) => typeof value === 'string' && value !== '' },
  filter: FUNCTION,
  attributes: {
    expected: 'an object of attributes or a synchronous function',
    accepts: (value) => isSynchronous(value) || isPlainObject(value),
    each: {
      expected: 'a string, number, boolean, list or object',
      accepts: (value) => isAttributeValue(value),
    },
  },
  startHook: FUNCTION,
  endHook: FUNCTION,
  captureMetadata: { expected: '{ request?, response?, trailer? }, each a list of metadata keys', accepts: isCapture },
  messageEvents: { expected: 'a boolean or { limit: an integer >= 0 }', accepts: isMessageEvents },
  isError: FUNCTION,
  errorEvents: oneOf(ERROR_EVENTS),
  loggerProvider: { expected: 'a LoggerProvider', accepts: (value) => hasMethods(value, ['getLogger']) },
  metricAttributes: FUNCTION,
  activeCalls: BOOLEAN,
  messageCounts: BOOLEAN,
  knownMethods: {
    expected: "a list of methods, 'pkg.Service/Method'",
    accepts: (value) => Array.isArray(value) && value.every((name) => typeof name === 'string' && name.includes('/')),
  },
  semanticConventions: oneOf(CONVENTIONS),
  trustIncoming: {
    expected: 'a boolean or a synchronous function',
    accepts: (value) => typeof value === 'boolean' || isSynchronous(value),
  },
};

const SERVER_ONLY: readonly string[] = ['trustIncoming'];

/**
 * Refuses wrong options. Callers without type checking pass anything, hence `unknown`.
 *
 * @throws TypeError naming the option and what was given, for a key that is not an option of this side too.
 */
export function checkOptions(side: RpcSide, options: unknown): void {
  if (!isPlainObject(options)) {
    throw new TypeError(`${side} tracing options: expected an object, got ${shown(options)}`);
  }
  // What grpc-js hands an interceptor: the function that makes one is in the list itself.
  if ('method_definition' in options || 'path' in options) {
    throw new TypeError(`${side} tracing: call the function, interceptors: [${INTERCEPTORS[side]}()]`);
  }
  for (const [key, value] of Object.entries(options)) {
    const rule = ruleOf(side, key);
    if (rule === undefined) {
      const suggestion = suggestionFor(key, Object.keys(OPTION_RULES));
      throw new TypeError(`${side} tracing options: unknown option '${key}' (${shown(value)})${suggestion}`);
    }
    if (value !== undefined) checkValue(side, `'${key}'`, rule, value);
  }
}

function checkValue(side: RpcSide, name: string, { expected, accepts, each }: OptionRule, value: unknown): void {
  if (!accepts(value)) {
    throw new TypeError(`${side} tracing options: ${name} must be ${expected}, got ${shown(value)}`);
  }
  if (each === undefined || !isPlainObject(value)) return;
  for (const [key, part] of Object.entries(value)) checkValue(side, `'${key}' of ${name}`, each, part);
}

/** Whether this is what an option is called, of either side. */
export function isOptionName(key: string): key is keyof ServerTracingOptions {
  return Object.hasOwn(OPTION_RULES, key);
}

function ruleOf(side: RpcSide, key: string): OptionRule | undefined {
  return isOptionName(key) && !(side === 'client' && SERVER_ONLY.includes(key)) ? OPTION_RULES[key] : undefined;
}

/** One of the names of those. */
function oneOf(choices: object): OptionRule {
  return {
    expected: Object.keys(choices)
      .map((name) => `'${name}'`)
      .join(' or '),
    accepts: (value) => typeof value === 'string' && Object.hasOwn(choices, value),
  };
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Providers are objects of any class; some are functions. */
function hasMethods(value: unknown, names: readonly string[]): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  return names.every((name) => isSynchronous(Reflect.get(value, name)));
}

const CAPTURE_KEYS: readonly string[] = ['request', 'response', 'trailer'];

/** What grpc-js takes for a key, once it is in lower case. */
const METADATA_KEY = /^[0-9a-z_.-]+$/i;

function isCapture(value: unknown): boolean {
  return (
    isPlainObject(value) &&
    Object.entries(value).every(
      ([part, keys]) => CAPTURE_KEYS.includes(part) && (keys === undefined || isMetadataKeys(keys)),
    )
  );
}

function isMetadataKeys(keys: unknown): boolean {
  return Array.isArray(keys) && keys.every((key) => typeof key === 'string' && METADATA_KEY.test(key));
}

function isMessageEvents(value: unknown): boolean {
  if (typeof value === 'boolean') return true;
  if (!isPlainObject(value) || Object.keys(value).join() !== 'limit') return false;
  const limit: unknown = Reflect.get(value, 'limit');
  return Number.isSafeInteger(limit) && Number(limit) >= 0;
}

/** A provider or a module that was handed in by mistake has pages to show. */
const MAX_SHOWN = 200;

function shown(value: unknown): string {
  const text = inspect(value, { depth: 1, breakLength: Infinity });
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}…`;
}
