import {
  createContextKey,
  type Context,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
} from '@opentelemetry/api';

const HEADER = 'x-md-service-name';
const MAX_LENGTH = 256;
// What gRPC metadata can carry, without white space at the ends, which HTTP does not keep.
const NAME = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
const SERVICE_NAME_KEY = createContextKey('grpc-js-opentelemetry: name of the calling service');

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_LENGTH && NAME.test(value);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `${JSON.stringify(value.slice(0, MAX_LENGTH))} (${value.length} characters)`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/**
 * Options of {@link ServiceNamePropagator}.
 *
 * @category Propagate contexts
 */
export interface ServiceNameOptions {
  /** The name of this service, as its callees are to see it: 1 to 256 printable ASCII characters, no space at the ends. */
  serviceName: string;
}

/**
 * The caller's service name in the header `x-md-service-name`, as Kratos' tracing middleware sends it (`Metadata{}` in
 * its `contrib/otel/tracing`). Where it is part of the server's propagator, server spans get the caller's name as
 * `client.service.name`, and by the `old` conventions as `peer.service`.
 *
 * Every service sends its own name, never the one that it received. A received name that is not 1 to 256 printable ASCII
 * characters is ignored. The name is the caller's claim, not proof.
 *
 * @category Propagate contexts
 *
 * @example
 * ```ts
 * const propagator = new CompositePropagator({
 *   propagators: [
 *     new W3CTraceContextPropagator(),
 *     new W3CBaggagePropagator(),
 *     new ServiceNamePropagator({ serviceName: 'shop' }),
 *   ],
 * });
 * const interceptor = tracingClientInterceptor({ propagator });
 * ```
 */
export class ServiceNamePropagator implements TextMapPropagator {
  private readonly serviceName: string;

  /** @throws TypeError naming `serviceName` and what was given, where it is not such a name. */
  constructor(options: ServiceNameOptions) {
    // Callers in plain JavaScript may pass nothing at all.
    const serviceName: unknown = (options as ServiceNameOptions | undefined)?.serviceName;
    if (!isName(serviceName)) {
      const expected = `a string of 1 to ${MAX_LENGTH} printable ASCII characters without white space at the ends`;
      throw new TypeError(`ServiceNamePropagator: 'serviceName' must be ${expected}, got ${shown(serviceName)}`);
    }
    this.serviceName = serviceName;
  }

  inject<Carrier>(_context: Context, carrier: Carrier, setter: TextMapSetter<Carrier>): void {
    setter.set(carrier, HEADER, this.serviceName);
  }

  extract<Carrier>(context: Context, carrier: Carrier, getter: TextMapGetter<Carrier>): Context {
    const values = getter.get(carrier, HEADER);
    const name = Array.isArray(values) ? values[0] : values;
    return isName(name) ? context.setValue(SERVICE_NAME_KEY, name) : context;
  }

  fields(): string[] {
    return [HEADER];
  }
}

/** The calling service's name that {@link ServiceNamePropagator} found. */
export function serviceNameOf(context: Context): string | undefined {
  const name = context.getValue(SERVICE_NAME_KEY);
  return typeof name === 'string' ? name : undefined;
}
