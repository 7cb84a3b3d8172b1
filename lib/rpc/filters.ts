import { inspect } from 'node:util';
import { isPromise, isSynchronous } from '../diagnostics/guard.js';
import { asConstant, isConstant, type RpcFilter } from './rpc-filter.js';

/**
 * A combination is as constant as its parts. It hands on what is no answer, such as the promise of an async function, for
 * whoever asks to report.
 */
function combined(filter: RpcFilter, parts: readonly RpcFilter[]): RpcFilter {
  return parts.every(isConstant) ? asConstant(filter) : filter;
}

const HEALTH_SERVICE = 'grpc.health.v1.Health';
const REFLECTION_SERVICES: readonly string[] = [
  'grpc.reflection.v1.ServerReflection',
  'grpc.reflection.v1alpha.ServerReflection',
];

/**
 * True for the calls of gRPC's health service, `grpc.health.v1.Health`. `not(healthCheck)` leaves them out.
 *
 * Source: https://github.com/grpc/grpc/blob/master/doc/health-checking.md
 *
 * @category Leave calls out
 *
 * @example
 * ```ts
 * const server = new grpc.Server({ interceptors: [tracingServerInterceptor({ filter: not(healthCheck) })] });
 * ```
 */
export const healthCheck: RpcFilter = asConstant(function healthCheck(rpc) {
  return rpc.service === HEALTH_SERVICE;
});

/**
 * True for the calls of gRPC's reflection service, `ServerReflection` of `grpc.reflection.v1` and `v1alpha`.
 * `not(anyOf(healthCheck, reflection))` leaves out both kinds that tools make by themselves.
 *
 * Source: https://github.com/grpc/grpc/blob/master/doc/server-reflection.md
 *
 * @category Leave calls out
 *
 * @example
 * ```ts
 * const filter = not(anyOf(healthCheck, reflection));
 * ```
 */
export const reflection: RpcFilter = asConstant(function reflection(rpc) {
  return REFLECTION_SERVICES.includes(rpc.service);
});

/**
 * True for every method of a service. Names are compared as they are, upper and lower case too.
 *
 * @param name - the service with its package: `helloworld.Greeter`
 * @throws TypeError for anything but a non-empty string.
 *
 * @category Leave calls out
 *
 * @example
 * ```ts
 * const filter = not(service('helloworld.Greeter'));
 * ```
 */
export function service(name: string): RpcFilter {
  requireText('service', name);
  return asConstant((rpc) => rpc.service === name);
}

/**
 * True for one method. Names are compared as they are, upper and lower case too.
 *
 * @param fullName - service and method: `helloworld.Greeter/SayHello`; one slash before it is allowed
 * @throws TypeError for anything but a string with a service, a slash and a method.
 *
 * @category Leave calls out
 *
 * @example
 * ```ts
 * const filter = not(method('helloworld.Greeter/SayHello'));
 * ```
 */
export function method(fullName: string): RpcFilter {
  requireText('method', fullName);
  const fullMethod = fullName.startsWith('/') ? fullName.slice(1) : fullName;
  const slash = fullMethod.lastIndexOf('/');
  // A bare name would never match anything: no call has it for its full name.
  if (slash <= 0 || slash === fullMethod.length - 1) {
    throw new TypeError(`method(): expected 'package.Service/Method', got ${inspect(fullName)}`);
  }
  return asConstant((rpc) => rpc.fullMethod === fullMethod);
}

/**
 * True where one of the filters is, asked from the left until one says so. Of no filters: false.
 *
 * @throws TypeError for an argument that is not a synchronous function.
 *
 * @category Leave calls out
 *
 * @example
 * ```ts
 * const filter = anyOf(service('shop.Cart'), method('shop.Stock/Reserve'));
 * ```
 */
export function anyOf(...filters: readonly RpcFilter[]): RpcFilter {
  requireFilters('anyOf', filters);
  return combined((rpc) => {
    for (const filter of filters) {
      const answer = filter(rpc);
      if (answer) return answer;
    }
    return false;
  }, filters);
}

/**
 * True where all the filters are, asked from the left until one says no. Of no filters: true.
 *
 * @throws TypeError for an argument that is not a synchronous function.
 *
 * @category Leave calls out
 *
 * @example
 * ```ts
 * const filter = allOf(not(healthCheck), (rpc) => !rpc.responseStream);
 * ```
 */
export function allOf(...filters: readonly RpcFilter[]): RpcFilter {
  requireFilters('allOf', filters);
  return combined((rpc) => {
    for (const filter of filters) {
      const answer = filter(rpc);
      if (!answer || isPromise(answer)) return answer;
    }
    return true;
  }, filters);
}

/**
 * True where the filter is not.
 *
 * @throws TypeError for anything but a synchronous function.
 *
 * @category Leave calls out
 *
 * @example
 * ```ts
 * const interceptor = tracingClientInterceptor({ filter: not(healthCheck) });
 * ```
 */
export function not(filter: RpcFilter): RpcFilter {
  requireFilters('not', [filter]);
  return combined(
    (rpc) => {
      const answer = filter(rpc);
      return isPromise(answer) ? answer : !answer;
    },
    [filter],
  );
}

// Callers without type checking pass anything, hence `unknown`.

function requireText(what: string, value: unknown): void {
  if (typeof value === 'string' && value !== '') return;
  throw new TypeError(`${what}(): expected a non-empty string, got ${inspect(value, { depth: 0 })}`);
}

function requireFilters(what: string, filters: readonly unknown[]): void {
  for (const [index, filter] of filters.entries()) {
    if (isSynchronous(filter)) continue;
    throw new TypeError(
      `${what}(): argument ${index + 1} must be a filter function, got ${inspect(filter, { depth: 0 })}`,
    );
  }
}
