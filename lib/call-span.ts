import type { Metadata } from '@grpc/grpc-js';
import { SpanKind, SpanStatusCode, trace, type Attributes, type Context, type Span } from '@opentelemetry/api';
import {
  exceptionAttributes,
  messageAttributes,
  methodAttributes,
  outcomeAttributes,
  peerAttributes,
  serverAttributes,
} from './attributes.js';
import type { CallEnd, CallOutcome, CallStart } from './call.js';
import type { Durations } from './metrics.js';
import { report } from './report.js';
import { EVENT_EXCEPTION, EVENT_INBOUND_MESSAGE, EVENT_OUTBOUND_MESSAGE } from './semconv.js';
import type { TracingSettings } from './settings.js';

const SPAN_KIND = { client: SpanKind.CLIENT, server: SpanKind.SERVER };

/**
 * One call's life on either side: starts the span, counts messages, ends it exactly once and measures the call. When the
 * tracer fails there is no span, the context is the parent's, and the call goes on.
 */
export class CallSpan {
  /** The context that the span is active in. */
  readonly context: Context;
  /** Whether anybody will see what is put on the span. */
  readonly recording: boolean;

  private readonly span: Span | undefined;
  private readonly durations: Durations | undefined;
  private readonly startedAt: number;
  private ended = false;
  private sent = 0;
  private received = 0;

  constructor(
    private readonly settings: TracingSettings,
    private readonly call: CallStart,
  ) {
    this.durations = settings.durations();
    this.startedAt = this.durations === undefined ? 0 : performance.now();
    this.span = this.started();
    this.context = this.span === undefined ? call.parent : trace.setSpan(call.parent, this.span);
    this.recording = this.span !== undefined && isRecording(this.span);
    if (this.span !== undefined && this.recording) settings.startHook?.(this.span, call.rpc, call.metadata);
  }

  /** `size` in bytes, where it is known. */
  messageSent(size?: number): void {
    if (this.recording) this.messageEvent(EVENT_OUTBOUND_MESSAGE, this.sent++, size);
  }

  messageReceived(size?: number): void {
    if (this.recording) this.messageEvent(EVENT_INBOUND_MESSAGE, this.received++, size);
  }

  responseMetadata(metadata: Metadata): void {
    const { captureResponse } = this.settings;
    if (captureResponse === undefined || !this.recording) return;
    this.guarded('the response metadata could not be captured', (span) => {
      const attributes: Attributes = {};
      captureResponse(metadata, attributes);
      span.setAttributes(attributes);
    });
  }

  /** Ends the span, once: whatever arrives later is not part of the call that the client saw. */
  end(outcome: CallOutcome, { attributes, trailer, endTime }: CallEnd = {}): void {
    if (this.ended) return;
    this.ended = true;
    const { call, durations } = this;
    if (!this.recording && durations === undefined) {
      this.guarded('the span could not be ended', (span) => span.end());
      return;
    }
    const failed = this.settings.isError(call.rpc, outcome.code);
    if (this.recording) {
      this.guarded('the outcome could not be put on the span', (span) => {
        if (attributes !== undefined) span.setAttributes(attributes);
        this.describe(span, outcome, failed, trailer);
      });
    }
    this.guarded('the span could not be ended', (span) => span.end(endTime));
    if (durations !== undefined) this.measure(durations, outcome.code, failed, endTime);
  }

  private started(): Span | undefined {
    const { rpc, parent, root = false, links = [] } = this.call;
    try {
      const options = { kind: SPAN_KIND[rpc.side], attributes: this.startAttributes(), links, root };
      return this.settings.tracer().startSpan(rpc.fullMethod, options, parent);
    } catch (error) {
      report('the span could not be started', error);
      return undefined;
    }
  }

  /** All that is known now, so that samplers see it. */
  private startAttributes(): Attributes {
    const { settings, call } = this;
    const attributes = methodAttributes(settings.conventions, call.rpc);
    if (call.server !== undefined) Object.assign(attributes, serverAttributes(call.server));
    if (call.peer !== undefined) Object.assign(attributes, peerAttributes(call.peer));
    settings.captureRequest?.(call.metadata, attributes);
    return Object.assign(attributes, call.attributes, settings.attributes?.(call.rpc, call.metadata));
  }

  private describe(span: Span, outcome: CallOutcome, failed: boolean, trailer: Metadata | null | undefined): void {
    const { settings, call } = this;
    const attributes = outcomeAttributes(settings.conventions, outcome.code, failed);
    if (trailer) settings.captureTrailer?.(trailer, attributes);
    span.setAttributes(attributes);
    if (failed) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: outcome.details });
      span.addEvent(EVENT_EXCEPTION, exceptionAttributes(outcome.code, outcome.details));
    }
    settings.endHook?.(span, call.rpc, outcome);
  }

  private measure(durations: Durations, code: number, failed: boolean, endTime: number | undefined): void {
    const { rpc, server } = this.call;
    const seconds = secondsOf(this.span) ?? ((endTime ?? performance.now()) - this.startedAt) / 1000;
    try {
      durations.record({ rpc, code, failed, seconds, server, context: this.context });
    } catch (error) {
      report('the duration could not be recorded', error);
    }
  }

  private messageEvent(name: string, sequenceNumber: number, size: number | undefined): void {
    if (this.ended || this.sent + this.received > this.settings.messageEventLimit) return;
    this.guarded('a message event could not be added', (span) =>
      span.addEvent(name, messageAttributes(sequenceNumber, size)),
    );
  }

  private guarded(what: string, act: (span: Span) => void): void {
    if (this.span === undefined) return;
    try {
      act(this.span);
    } catch (error) {
      report(what, error);
    }
  }
}

function isRecording(span: Span): boolean {
  try {
    return span.isRecording();
  } catch (error) {
    report('the span does not say whether it records', error);
    return false;
  }
}

/** How long the span says it took, which the SDK's spans do and the API has no name for. */
function secondsOf(span: Span | undefined): number | undefined {
  if (span === undefined || !('duration' in span) || !Array.isArray(span.duration)) return undefined;
  const duration: readonly unknown[] = span.duration;
  const [seconds, nanoseconds] = duration;
  return typeof seconds === 'number' && typeof nanoseconds === 'number' ? seconds + nanoseconds / 1e9 : undefined;
}
