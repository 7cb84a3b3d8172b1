import { SpanKind, trace, type Context, type DiagLogger } from '@opentelemetry/api';
import { warn } from '../diagnostics/report.js';
import type { RpcInfo, RpcSide } from '../rpc/rpc-info.js';
import { registered } from '../diagnostics/api-registry.js';

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

interface ApiRegistry {
  readonly version: unknown;
  readonly trace: unknown;
  readonly diag?: DiagLogger;
}

function isRegistry(value: object | undefined): value is ApiRegistry {
  return value !== undefined && 'version' in value && 'trace' in value;
}

/** Whoever finds a provider that is registered and that the API does not show has two copies; the logger is there as well. */
function otherCopy(): { readonly version: string; readonly logger: DiagLogger | undefined } | undefined {
  const registry = registered();
  return isRegistry(registry) ? { version: String(registry.version), logger: registry.diag } : undefined;
}

/** A call has come whose failure is to be logged, and there is nobody to tell. */
export const hintUnlogged = once(() =>
  warn(
    "errorEvents asks for log records, and there is no logger provider: pass 'loggerProvider', or register one with " +
      '@opentelemetry/api 1.10.',
  ),
);

/** A call has come whose credentials go onto its span. */
export const hintCredentials = once((keys: readonly string[]) =>
  warn(`captureMetadata puts credentials on spans, leave them out: ${keys.join(', ')}.`),
);

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
