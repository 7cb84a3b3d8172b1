import type { Metadata } from '@grpc/grpc-js';
import { SpanStatusCode, trace, type Attributes, type Context, type Span, type SpanContext } from '@opentelemetry/api';
import { addMessageCounts, exceptionAttributes, messageAttributes } from '../conventions/attributes.js';
import type { Method } from '../conventions/method-table.js';
import { EVENT_EXCEPTION, EVENT_INBOUND_MESSAGE, EVENT_OUTBOUND_MESSAGE } from '../conventions/semconv.js';
import { report } from '../diagnostics/report.js';
import type { TracingSettings } from '../options/settings.js';
import { identityOf } from '../propagation/span-identity.js';
import { callDetails, NO_DETAILS } from '../rpc/call-details.js';
import type { CallOutcome } from '../rpc/status.js';
import { secondsOf, type MeasuredCall } from '../signals/metrics.js';
import type { Observers } from '../signals/observers.js';
import type { CallStart } from './call-start.js';
import { endedContext } from './ended-context.js';
import { startedSpan } from './started-span.js';

/**
 * One call's life on either side: starts the span, counts messages, ends it exactly once and measures the call. When the
 * tracer fails there is no span, the context is the parent's, and the call goes on.
 */
export class CallSpan {
  /** Whether anybody will see what is put on the span. */
  readonly recording: boolean;
  /** Whether it matters to anybody how the call ends. */
  readonly observed: boolean;

  private readonly method: Method;
  private readonly parent: Context;
  private measured: MeasuredCall | undefined;
  private span: Span | undefined;
  private active: Context | undefined;
  private identity: SpanContext | undefined;
  private ended = false;
  private sent = 0;
  private received = 0;

  constructor(
    private readonly settings: TracingSettings,
    private readonly observers: Observers,
    call: CallStart,
  ) {
    const { tracer, metrics, errorLog } = observers;
    const details = settings.asksDetails ? callDetails(call.deadline) : NO_DETAILS;
    this.method = call.method;
    this.parent = call.parent;
    const startedAt = metrics === undefined ? 0 : performance.now();
    this.span = startedSpan(tracer, settings, call, details);
    this.active = this.span === undefined ? call.parent : trace.setSpan(call.parent, this.span);
    this.recording = this.span !== undefined && isRecording(this.span);
    this.observed = this.recording || metrics !== undefined || errorLog !== undefined;
    if (metrics !== undefined) {
      const { rpc, measuredAs } = call.method;
      const own = settings.metricAttributes?.(rpc, call.metadata, details);
      const { server } = call;
      this.measured = { rpc: measuredAs, server, own, context: this.active, startedAt, counted: false };
      metrics.started(this.measured);
    }
    if (this.span !== undefined && this.recording)
      settings.startHook?.(this.span, call.method.rpc, call.metadata, details);
  }

  /** The context that the span is active in. Whoever asks after the end, which is rare, gets one made then. */
  get context(): Context {
    return (this.active ??= endedContext(this.parent, this.identity));
  }

  /** `size` in bytes, where it is known. */
  messageSent(size?: number): void {
    if (this.recording) this.addMessageEvent(EVENT_OUTBOUND_MESSAGE, this.sent++, size);
  }

  messageReceived(size?: number): void {
    if (this.recording) this.addMessageEvent(EVENT_INBOUND_MESSAGE, this.received++, size);
  }

  responseMetadata(metadata: Metadata): void {
    const { captureResponse } = this.settings;
    if (captureResponse === undefined || !this.recording || this.ended) return;
    try {
      const attributes: Attributes = {};
      captureResponse(metadata, attributes);
      this.span?.setAttributes(attributes);
    } catch (error) {
      report('the response metadata could not be captured', error);
    }
  }

  /**
   * Ends the span, once: whatever arrives later is not part of the call that the client saw.
   *
   * @param attributes - what the span is to end with besides the outcome. The span adds to it
   * @param endTime - when the call was over, as `performance.now()` had it. Default: now
   */
  end(outcome: CallOutcome, trailer?: Metadata | null, endTime?: number, attributes?: Attributes): void {
    if (this.ended) return;
    this.ended = true;
    const { span, observers, measured } = this;
    const { rpc } = this.method;
    const failed = this.observed && this.settings.isError(rpc, outcome.code);
    if (span !== undefined) {
      if (this.recording) this.describe(span, outcome, failed, trailer, endTime, attributes);
      try {
        span.end(endTime);
      } catch (error) {
        report('the span could not be ended', error);
      }
    }
    if (measured !== undefined) {
      const seconds = secondsOf(span) ?? ((endTime ?? performance.now()) - measured.startedAt) / 1000;
      observers.metrics?.ended(measured, outcome.code, failed, seconds);
      this.measured = undefined;
    }
    if (failed) observers.errorLog?.emit(rpc, outcome, this.context);
    if (this.recording) this.release();
  }

  /** An application, or grpc-js, may keep a call long after its end, and a span holds all that was recorded. */
  private release(): void {
    this.identity = identityOf(this.span);
    this.span = undefined;
    this.active = undefined;
  }

  private describe(
    span: Span,
    outcome: CallOutcome,
    failed: boolean,
    trailer: Metadata | null | undefined,
    endTime: number | undefined,
    attributes: Attributes = {},
  ): void {
    const { settings } = this;
    const { code, details } = outcome;
    try {
      for (const { addOutcome } of settings.conventions) addOutcome(attributes, code, failed);
      if (settings.messageCounts) addMessageCounts(attributes, this.sent, this.received);
      if (trailer) settings.captureTrailer?.(trailer, attributes);
      span.setAttributes(attributes);
      if (failed) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: details });
        if (settings.exceptionEvents) span.addEvent(EVENT_EXCEPTION, exceptionAttributes(code, details), endTime);
      }
      // Not the object itself, which is grpc-js's own.
      settings.endHook?.(span, this.method.rpc, { code, details });
    } catch (error) {
      report('the outcome could not be put on the span', error);
    }
  }

  private addMessageEvent(name: string, sequenceNumber: number, size: number | undefined): void {
    if (this.ended || this.sent + this.received > this.settings.messageEventLimit) return;
    try {
      this.span?.addEvent(name, messageAttributes(sequenceNumber, size));
    } catch (error) {
      report('a message event could not be added', error);
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
