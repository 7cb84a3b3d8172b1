import { SpanKind, type Span, type Tracer } from '@opentelemetry/api';
import { report } from '../diagnostics/report.js';
import type { TracingSettings } from '../options/settings.js';
import type { CallDetails } from '../rpc/call-details.js';
import type { CallStart } from './call-start.js';

const SPAN_KIND = { client: SpanKind.CLIENT, server: SpanKind.SERVER };

/** The span of a call, with all that is known at its start, so that samplers see it. Undefined where the tracer fails. */
export function startedSpan(
  tracer: Tracer | undefined,
  settings: TracingSettings,
  call: CallStart,
  details: CallDetails,
): Span | undefined {
  const { metadata, parent, attributes, links } = call;
  const { rpc } = call.method;
  try {
    settings.captureRequest?.(metadata, attributes);
    if (settings.attributes !== undefined) Object.assign(attributes, settings.attributes(rpc, metadata, details));
    const kind = SPAN_KIND[rpc.side];
    const options = links === undefined ? { kind, attributes } : { kind, attributes, links, root: true };
    return tracer?.startSpan(rpc.fullMethod, options, parent);
  } catch (error) {
    report('the span could not be started', error);
    return undefined;
  }
}
