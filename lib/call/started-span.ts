import { SpanKind, type Span } from '@opentelemetry/api';
import { report } from '../diagnostics/report.js';
import type { TracingSettings } from '../options/settings.js';
import type { CallStart } from './call.js';

const SPAN_KIND = { client: SpanKind.CLIENT, server: SpanKind.SERVER };

/** The span of a call, with all that is known at its start, so that samplers see it. Undefined where the tracer fails. */
export function startedSpan(settings: TracingSettings, call: CallStart): Span | undefined {
  const { rpc, observers, metadata, parent, attributes, links } = call;
  try {
    settings.captureRequest?.(metadata, attributes);
    if (settings.attributes !== undefined) Object.assign(attributes, settings.attributes(rpc, metadata));
    const kind = SPAN_KIND[rpc.side];
    const options = links === undefined ? { kind, attributes } : { kind, attributes, links, root: true };
    return observers.tracer?.startSpan(rpc.fullMethod, options, parent);
  } catch (error) {
    report('the span could not be started', error);
    return undefined;
  }
}
