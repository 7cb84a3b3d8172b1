import { SpanKind, trace, type Context, type DiagLogger } from '@opentelemetry/api';
import { warn } from '../diagnostics/report.js';
import type { RpcInfo, RpcSide } from '../rpc/rpc-info.js';

/*
 * What people get wrong when they put things together, and see only by spans that are missing or doubled. Each is told
 * once in a process, for it is the same at every call, with what to do about it.
 */

function once<About extends unknown[]>(tell: (...about: About) => void): (...about: About) => void {
  let told = false;
  return (...about) => {
    if (told) return;
    told = true;
    tell(...about);
  };
}

const twice = (side: RpcSide): (() => void) =>
  once(() => warn(`tracing is twice in one chain of ${side} interceptors: leave one out.`));

/** A second tracing interceptor has met a call in the same chain. */
export const hintTwice = { client: twice('client'), server: twice('server') };

/** A call has come before there was anybody to tell of it. */
export const hintUnobserved = once(() => {
  const other = otherCopy();
  if (other === undefined) {
    warn(
      'a call leaves no span: no tracer provider is registered or passed. Start the SDK, or register() its provider, before ' +
        'the first call.',
    );
    return;
  }
  warn(
    `calls leave no span: the SDK is registered with version ${other.version} of @opentelemetry/api, which the newer ` +
      'copy here cannot see. "npm ls @opentelemetry/api" shows both: leave one.',
    other.logger,
  );
});

/**
 * Where copies of the API meet: each registers here what it is handed, and reads only what a copy as new as itself has
 * registered. Whoever finds a provider here that the API does not show has two copies, and the logger is here as well.
 */
const API_REGISTRY = Symbol.for('opentelemetry.js.api.1');

interface ApiRegistry {
  readonly version: unknown;
  readonly trace: unknown;
  readonly diag?: DiagLogger;
}

function isRegistry(value: unknown): value is ApiRegistry {
  return typeof value === 'object' && value !== null && 'version' in value && 'trace' in value;
}

function otherCopy(): { readonly version: string; readonly logger: DiagLogger | undefined } | undefined {
  const registry: unknown = Reflect.get(globalThis, API_REGISTRY);
  return isRegistry(registry) ? { version: String(registry.version), logger: registry.diag } : undefined;
}

/** A call brings no list of its own, and gets one, which replaces that of its client. */
export const hintReplacing = {
  withTracing: once(() =>
    warn(
      'withTracing on a call without interceptors of its own: its list replaces that of the client, whose interceptors do not ' +
        'run for this call. Pass tracingClientInterceptor() to the client instead; interceptors: [] says that it is meant.',
    ),
  ),
  transformer: once(() =>
    warn(
      'tracingCallInvocationTransformer on a client with interceptors of its own: they do not run, for the list of a call ' +
        'replaces them. Pass tracingClientInterceptor() among them instead.',
    ),
  ),
};

const hintDoubled = once(({ fullMethod }: RpcInfo) =>
  warn(
    `a CLIENT span of ${fullMethod} is active where its call starts, so each call has two. Switch off what else traces ` +
      'gRPC, such as @opentelemetry/instrumentation-grpc.',
  ),
);

/** A client call starts in this context: something else may have made a span for it already. */
export function hintIfDoubled(caller: Context, rpc: RpcInfo): void {
  const span: unknown = trace.getSpan(caller);
  if (typeof span !== 'object' || span === null || !('kind' in span) || span.kind !== SpanKind.CLIENT) return;
  if ('name' in span && String(span.name).endsWith(rpc.fullMethod)) hintDoubled(rpc);
}
