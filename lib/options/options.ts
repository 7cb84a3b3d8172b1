import type { Metadata } from '@grpc/grpc-js';
import type { Attributes, MeterProvider, Span, TextMapPropagator, TracerProvider } from '@opentelemetry/api';
import type { SemanticConventions } from '../conventions/attributes.js';
import type { CallDetails } from '../rpc/call-details.js';
import type { RpcFilter } from '../rpc/rpc-filter.js';
import type { RpcInfo } from '../rpc/rpc-info.js';
import type { CallOutcome } from '../rpc/status.js';
import type { ErrorLoggerProvider } from '../signals/error-log.js';

/** Keys of gRPC metadata, in any case, whose values go onto the span. */
export interface CaptureMetadataOptions {
  /** Of the request's headers, as `rpc.request.header.<key>`. */
  readonly request?: readonly string[] | undefined;
  /** Of the response's headers, as `rpc.response.header.<key>`. */
  readonly response?: readonly string[] | undefined;
  /** Of the response's trailers, as `rpc.response.trailer.<key>`. */
  readonly trailer?: readonly string[] | undefined;
}

/**
 * What a call that failed leaves besides the status of its span: an `exception` event on the `span`, a record in the `logs`,
 * both (`dup`) or `none`.
 */
export type ErrorEvents = 'span' | 'logs' | 'dup' | 'none';

/**
 * What both sides can be told. Every option may be left out; one that there is not, and a value that is none of an option's, is
 * refused with a `TypeError` when the interceptor is made.
 *
 * Functions must be synchronous. `async` ones are refused; one that returns a promise is as one that throws: `diag` is told, once
 * for each function, and of each rejection.
 */
export interface TracingOptions {
  /**
   * Makes the tracer. Give each service of a process its own to keep their spans and resources apart.
   *
   * Default: the global provider, looked up at every call, so the SDK may be started after this interceptor was made.
   */
  readonly tracerProvider?: TracerProvider | undefined;

  /**
   * Writes the context into the metadata of outgoing calls, or reads it from that of incoming ones.
   *
   * Default: the global propagator, looked up at every call; where none is registered, W3C Trace Context and W3C
   * Baggage. A propagator without fields counts as none: to switch propagation off, pass one here that does nothing.
   */
  readonly propagator?: TextMapPropagator | undefined;

  /**
   * Makes the histogram of call durations, `rpc.client.call.duration` or `rpc.server.call.duration`, in seconds, and
   * whatever else is measured.
   *
   * Default: the global one, looked up at every call. Where there is none, nothing is measured and nothing is paid.
   */
  readonly meterProvider?: MeterProvider | undefined;

  /** The tracer's name, that is the instrumentation scope of the spans. Default: the package's name. */
  readonly tracerName?: string | undefined;

  /**
   * Which calls to instrument: `true` = yes. A call that is left out has no span and no metric, and passes its context
   * on. The predicates of this package are asked once per method, one of your own at every call. Must be synchronous; one
   * that throws says yes.
   *
   * Default: every call.
   */
  readonly filter?: RpcFilter | undefined;

  /**
   * Attributes of your own, set when the span starts, so that samplers see them; they beat the conventions' that
   * are known by then where they have the same key. They never go onto a metric. A function is called for every call that is
   * traced, and must be synchronous.
   *
   * What no span can hold is refused in an object: functions, symbols, bigints, dates and other instances of classes. The rest,
   * and what a function returns, is the SDK's to take: SDK 2 takes strings, numbers, booleans and lists of one of these, SDK 3
   * mixed lists, objects and bytes too. Each drops what it does not take, and tells `diag`.
   *
   * Default: none.
   */
  readonly attributes?: Attributes | ((rpc: RpcInfo, metadata: Metadata, call: CallDetails) => Attributes) | undefined;

  /** Called when a span that records was started. Must be synchronous; what it throws goes to `diag`. Default: none. */
  readonly startHook?: ((span: Span, rpc: RpcInfo, metadata: Metadata, call: CallDetails) => void) | undefined;

  /** Called just before a span that records ends. Must be synchronous; what it throws goes to `diag`. Default: none. */
  readonly endHook?: ((span: Span, rpc: RpcInfo, status: CallOutcome) => void) | undefined;

  /**
   * Metadata to put onto the span, always as arrays of strings, binary (`-bin`) values in base64.
   *
   * Whatever you name leaves the process with the spans: never name `authorization`, `cookie` or another credential. Of keys that
   * end in `authorization`, `cookie`, `api-key`, or `access-`, `auth-`, `authorization-` or `security-token`, `diag` is warned
   * once in a process, at the first call; they are captured all the same.
   *
   * Default: nothing is captured.
   */
  readonly captureMetadata?: CaptureMetadataOptions | undefined;

  /**
   * Whether each message leaves an event, `Outbound message` or `Inbound message` (gRFC A72), with its
   * `sequence-number` and, on the client, its `message-size` in bytes. `limit` is how many events a span may have.
   *
   * Default: `false`. `true` means a limit of 128.
   */
  readonly messageEvents?:
    | boolean
    | {
        /** The most events on one span, sent and received together: 0 or more. */
        readonly limit: number;
      }
    | undefined;

  /**
   * Whether a call that ended with this code failed: decides the span's status, its `exception` event, and `error.type`
   * of span and metric together. Must be synchronous.
   *
   * Default: the conventions' rule. On the client every code but OK; on the server UNKNOWN, DEADLINE_EXCEEDED,
   * UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS and codes outside 0 to 16. It stands in for one that throws, too.
   */
  readonly isError?: ((rpc: RpcInfo, code: number) => boolean) | undefined;

  /**
   * What a call that failed leaves besides the status of its span and `error.type`: an `exception` event on the `span`, which
   * the error views of some vendors are made of; a record in the `logs`, for calls that are not sampled too, which is
   * where OpenTelemetry means exceptions to go; both (`dup`) or `none`, since the conventions call an error that is only a
   * status code no exception. A record has the severity WARN on the client and ERROR on the server.
   *
   * Details are what the other side has written. Default: what the environment variable
   * `OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN` says when the interceptor is made, `logs/dup` or `logs`, the earlier of these winning;
   * else `span`.
   *
   * Source: https://opentelemetry.io/docs/specs/semconv/rpc/rpc-exceptions/
   */
  readonly errorEvents?: ErrorEvents | undefined;

  /**
   * Makes the logger for `errorEvents`: a `LoggerProvider` of `@opentelemetry/api` 1.10 or of `@opentelemetry/api-logs`.
   *
   * Default: the one that is registered with API 1.10, looked up at every call. With API 1.9 there is none.
   */
  readonly loggerProvider?: ErrorLoggerProvider | undefined;

  /**
   * Attributes of your own on the metrics of a call, the same on all of them; the conventions' beat them where they have the
   * same key. Called when a call starts that is measured, sampled or not. Must be synchronous.
   *
   * Each combination of values is a series that is kept for as long as the process runs: name few, such as the tier of a tenant.
   * Whoever takes values from the metadata of strangers lets strangers make series.
   *
   * Default: none.
   */
  readonly metricAttributes?: ((rpc: RpcInfo, metadata: Metadata, call: CallDetails) => Attributes) | undefined;

  /**
   * Whether calls in flight are counted, `rpc.client.active_requests` or `rpc.server.active_requests`, by method and, on the
   * client, server: up when a call starts, down when its span ends. A stream that hangs is in no histogram until it ends;
   * here it shows. The conventions have no such metric for RPC; these are named after `http.server.active_requests`.
   *
   * Default: `false`.
   */
  readonly activeCalls?: boolean | undefined;

  /**
   * Whether a span says at its end how many messages the call had: `grpc.sent.message_count` and
   * `grpc.received.message_count`, as OpenTelemetry's Java instrumentation names them. Costs nothing per message but a
   * sum; `messageEvents` is an event for each.
   *
   * Default: `false`.
   */
  readonly messageCounts?: boolean | undefined;

  /**
   * The methods that metrics name, `pkg.Service/Method`; all others are `_OTHER` there. A client that calls made-up paths,
   * as a proxy does, would make a series for each. Spans always have the name.
   *
   * Default: the first 256 methods that are measured.
   */
  readonly knownMethods?: readonly string[] | undefined;

  /**
   * Which semantic conventions to follow: `stable`, the `old` ones from before RPC was stable, or both (`dup`).
   *
   * Default: what the environment variable `OTEL_SEMCONV_STABILITY_OPT_IN` says when the interceptor is made, a list of
   * words: `rpc/dup`, `rpc`, `rpc/old`, the earlier of these winning; else `stable`.
   */
  readonly semanticConventions?: SemanticConventions | undefined;
}

/** Options of {@link tracingClientInterceptor} and {@link withTracing}. */
export type ClientTracingOptions = TracingOptions;

/** Options of {@link tracingServerInterceptor}. */
export interface ServerTracingOptions extends TracingOptions {
  /**
   * Whether a caller may choose trace id, sampling and baggage. The span of one who may not is a new root, linked to the
   * caller's span, and the rest of the extracted context is dropped. A predicate must be synchronous; one that
   * throws says no.
   *
   * Default: `true`. Say `false` where strangers call.
   */
  readonly trustIncoming?: boolean | ((rpc: RpcInfo, metadata: Metadata) => boolean) | undefined;
}
