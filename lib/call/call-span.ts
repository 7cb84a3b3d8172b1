import type { Metadata } from '@grpc/grpc-js';
import { SpanStatusCode, trace, type Attributes, type Context, type Span, type SpanContext } from '@opentelemetry/api';
import { exceptionAttributes, messageAttributes } from '../conventions/attributes.js';
import { EVENT_EXCEPTION, EVENT_INBOUND_MESSAGE, EVENT_OUTBOUND_MESSAGE } from '../conventions/semconv.js';
import { report } from '../diagnostics/report.js';
import type { TracingSettings } from '../options/settings.js';
import { identityOf } from '../propagation/span-identity.js';
import type { RpcInfo } from '../rpc/rpc-info.js';
import type { CallOutcome } from '../rpc/status.js';
import type { Address } from '../rpc/target.js';
import { secondsOf, type Durations } from '../signals/metrics.js';
import type { CallEnd, CallStart } from './call.js';
import { endedContext } from './ended-context.js';
import { startedSpan } from './started-span.js';

const NOTHING_MORE: CallEnd = {};

/**
 * One call's life on either side: starts the span, counts messages, ends it exactly once and measures the call. When the
 * tracer fails there is no span, the context is the parent's, and the call goes on.
 */
export class CallSpan {
  /** Whether anybody will see what is put on the span. */
  readonly recording: boolean;
  /** Whether it matters to anybody how the call ends. */
  readonly observed: boolean;

  private readonly rpc: RpcInfo;
  private readonly parent: Context;
  private readonly server: Address | undefined;
  private readonly durations: Durations | undefined;
  private readonly startedAt: number;
  private span: Span | undefined;
  private active: Context | undefined;
  private identity: SpanContext | undefined;
  private ended = false;
  private sent = 0;
  private received = 0;

  constructor(
    private readonly settings: TracingSettings,
    call: CallStart,
  ) {
    this.rpc = call.rpc;
    this.parent = call.parent;
    this.server = call.server;
    this.durations = call.observers.durations;
    this.startedAt = this.durations === undefined ? 0 : performance.now();
    this.span = startedSpan(settings, call);
    this.active = this.span === undefined ? call.parent : trace.setSpan(call.parent, this.span);
    this.recording = this.span !== undefined && isRecording(this.span);
    this.observed = this.recording || this.durations !== undefined;
    if (this.span !== undefined && this.recording) settings.startHook?.(this.span, call.rpc, call.metadata);
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

  /** Ends the span, once: whatever arrives later is not part of the call that the client saw. */
  end(outcome: CallOutcome, more = NOTHING_MORE): void {
    if (this.ended) return;
    this.ended = true;
    const { span, durations } = this;
    const failed = this.observed && this.settings.isError(this.rpc, outcome.code);
    if (span !== undefined) {
      if (this.recording) this.describe(span, outcome, failed, more);
      try {
        span.end(more.endTime);
      } catch (error) {
        report('the span could not be ended', error);
      }
    }
    if (durations !== undefined) this.measure(durations, outcome.code, failed, more.endTime);
    if (this.recording) this.release();
  }

  /** An application, or grpc-js, may keep a call long after its end, and a span holds all that was recorded. */
  private release(): void {
    this.identity = identityOf(this.span);
    this.span = undefined;
    this.active = undefined;
  }

  private describe(span: Span, outcome: CallOutcome, failed: boolean, { attributes = {}, trailer }: CallEnd): void {
    const { settings } = this;
    const { code, details } = outcome;
    try {
      for (const { addOutcome } of settings.conventions) addOutcome(attributes, code, failed);
      if (trailer) settings.captureTrailer?.(trailer, attributes);
      span.setAttributes(attributes);
      if (failed) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: details });
        span.addEvent(EVENT_EXCEPTION, exceptionAttributes(code, details));
      }
      // Not the object itself, which is grpc-js's own.
      settings.endHook?.(span, this.rpc, { code, details });
    } catch (error) {
      report('the outcome could not be put on the span', error);
    }
  }

  private measure(durations: Durations, code: number, failed: boolean, endTime: number | undefined): void {
    const { rpc, server, context } = this;
    const seconds = secondsOf(this.span) ?? ((endTime ?? performance.now()) - this.startedAt) / 1000;
    try {
      durations.record({ rpc, code, failed, seconds, server, context });
    } catch (error) {
      report('the duration could not be recorded', error);
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
