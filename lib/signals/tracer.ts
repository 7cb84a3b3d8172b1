import { trace, type Tracer, type TracerOptions, type TracerProvider } from '@opentelemetry/api';
import { whileRegistered } from '../diagnostics/api-registry.js';
import { report } from '../diagnostics/report.js';
import { PACKAGE_VERSION } from '../version.js';

/** What the API hands out as the global provider: it stands in for one that may be registered later. */
interface StandIn extends TracerProvider {
  getDelegate(): TracerProvider;
  getDelegateTracer(name: string, version: string, options: TracerOptions): Tracer | undefined;
}

/** Known by its methods, because the API means to take its class away. */
function isStandIn(provider: TracerProvider): provider is StandIn {
  return 'getDelegate' in provider && 'getDelegateTracer' in provider;
}

/**
 * The tracer of the given provider, or that of the global one, which may be registered later, or anew. A provider is asked
 * once, since `getTracer` is a look-up in the SDK. Undefined where nobody traces, and where the provider fails, which is
 * told once.
 */
export function tracerOf(
  tracerProvider: TracerProvider | undefined,
  name: string,
  options: TracerOptions,
): () => Tracer | undefined {
  const globalProvider = whileRegistered('trace', () => trace.getTracerProvider());
  let asked: TracerProvider | undefined;
  let tracer: Tracer | undefined;
  return () => {
    const provider = tracerProvider ?? globalProvider();
    const answering = isStandIn(provider) ? provider.getDelegate() : provider;
    if (answering !== asked) {
      asked = answering;
      tracer = ask(provider, name, options);
    }
    return tracer;
  };
}

function ask(provider: TracerProvider, name: string, options: TracerOptions): Tracer | undefined {
  try {
    return isStandIn(provider)
      ? provider.getDelegateTracer(name, PACKAGE_VERSION, options)
      : provider.getTracer(name, PACKAGE_VERSION, options);
  } catch (error) {
    report('the tracer could not be had', error);
    return undefined;
  }
}
