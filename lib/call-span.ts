import {
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
  type TimeInput,
} from '@opentelemetry/api';
import { endAttributes, exceptionAttributes } from './attributes.js';
import type { TracingSettings } from './options.js';
import { report } from './report.js';
import type { RpcInfo } from './rpc-info.js';
import { EVENT_EXCEPTION } from './semconv.js';
import { codeName, isError } from './status.js';

const SPAN_KIND = { client: SpanKind.CLIENT, server: SpanKind.SERVER };

/** How a call ended: what the client got. */
export interface CallOutcome {
  readonly code: number;
  readonly details: string;
}

/**
 * One call's life on either side: starts the span, ends it exactly once. When the tracer fails there is no span, the
 * context is the parent's, and the call goes on.
 */
export class CallSpan {
  /** The context that the span is active in. */
  readonly context: Context;

  private readonly span: Span | undefined;
  private ended = false;

  constructor(
    settings: TracingSettings,
    private readonly rpc: RpcInfo,
    attributes: Attributes,
    parent: Context,
  ) {
    try {
      this.span = settings.tracer().startSpan(rpc.fullMethod, { kind: SPAN_KIND[rpc.side], attributes }, parent);
    } catch (error) {
      report('the span could not be started', error);
    }
    this.context = this.span === undefined ? parent : trace.setSpan(parent, this.span);
  }

  /** Ends the span, once: whatever arrives later is not part of the call that the client saw. */
  end(outcome: CallOutcome, attributes?: Attributes, endTime?: TimeInput): void {
    if (this.span === undefined || this.ended) return;
    this.ended = true;
    try {
      if (this.span.isRecording()) this.describe(this.span, outcome, attributes);
    } catch (error) {
      report('the outcome could not be put on the span', error);
    }
    try {
      this.span.end(endTime);
    } catch (error) {
      report('the span could not be ended', error);
    }
  }

  private describe(span: Span, { code, details }: CallOutcome, attributes: Attributes | undefined): void {
    const name = codeName(code);
    const failed = isError(this.rpc.side, code);
    if (attributes !== undefined) span.setAttributes(attributes);
    span.setAttributes(endAttributes(name, failed));
    if (!failed) return;
    span.setStatus({ code: SpanStatusCode.ERROR, message: details });
    span.addEvent(EVENT_EXCEPTION, exceptionAttributes(name, details));
  }
}
