import { report } from './report.js';

/**
 * Wraps a function that the application handed in, once, so that nothing it does can reach a call: what it throws goes
 * to `diag`, and the fallback answers instead. That it is asynchronous is told once, for it is so at every call.
 */
export function guarded<Arguments extends readonly unknown[], Result>(
  what: string,
  fn: (...args: Arguments) => Result,
  fallback: (...args: Arguments) => Result,
): (...args: Arguments) => Result {
  let told = false;
  return (...args) => {
    try {
      const result = fn(...args);
      if (isPromise(result)) {
        handleRejection(what, result);
        if (!told) report(`${what} must be synchronous`, new TypeError('it returned a promise'));
        told = true;
        return fallback(...args);
      }
      return result;
    } catch (error) {
      report(`${what} threw`, error);
      return fallback(...args);
    }
  };
}

/** Of a promise that nobody waits for: a rejection that nobody handles ends the process. */
export function handleRejection(what: string, promise: PromiseLike<unknown>): void {
  promise.then(undefined, (error: unknown) => report(`${what} rejected`, error));
}

/** Whether a function that should have answered has promised to. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** Whether this is a function, and no async one or generator. Of one that a compiler has made of these nobody can tell. */
export function isSynchronous(value: unknown): boolean {
  return typeof value === 'function' && !/(Async|Generator)Function/.test(Object.prototype.toString.call(value));
}
