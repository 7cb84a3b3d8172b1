import type { Metadata } from '@grpc/grpc-js';
import type { Attributes, MeterProvider, Span, TextMapPropagator, TracerProvider } from '@opentelemetry/api';
import type { SemanticConventions } from '../conventions/attributes.js';
import type { RpcFilter } from '../rpc/rpc-filter.js';
import type { RpcInfo } from '../rpc/rpc-info.js';
import type { CallOutcome } from '../rpc/status.js';

/** Keys of gRPC metadata, in any case, whose values go onto the span. */
export interface CaptureMetadataOptions {
  /** Of the request's headers, as `rpc.request.header.<key>`. */
  readonly request?: readonly string[] | undefined;
  /** Of the response's headers, as `rpc.response.header.<key>`. */
  readonly response?: readonly string[] | undefined;
  /** Of the response's trailers, as `rpc.response.trailer.<key>`. */
  readonly trailer?: readonly string[] | undefined;
}

/** What both sides can be told. Every option may be left out. */
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
   * Makes the histogram of call durations, `rpc.client.call.duration` or `rpc.server.call.duration`, in seconds.
   *
   * Default: the global one, looked up at every call. Where there is none, nothing is measured and nothing is paid.
   */
  readonly meterProvider?: MeterProvider | undefined;

  /** The tracer's name, that is the instrumentation scope of the spans. Default: the package's name. */
  readonly tracerName?: string | undefined;

  /**
   * Which calls to instrument: `true` = yes. A call that is left out has no span and no metric, and passes its context
   * on. The predicates of this package are asked once per method, one of your own at every call. One that throws says
   * yes.
   *
   * Default: every call.
   */
  readonly filter?: RpcFilter | undefined;

  /**
   * Attributes of your own, set when the span starts, so that samplers see them; they beat the conventions' that
   * are known by then where they have the same key. They never go onto a metric. A function is called for every call that is traced.
   *
   * Default: none.
   */
  readonly attributes?: Attributes | ((rpc: RpcInfo, metadata: Metadata) => Attributes) | undefined;

  /** Called when a span that records was started. Must be synchronous; what it throws goes to `diag`. Default: none. */
  readonly startHook?: ((span: Span, rpc: RpcInfo, metadata: Metadata) => void) | undefined;

  /** Called just before a span that records ends. Must be synchronous; what it throws goes to `diag`. Default: none. */
  readonly endHook?: ((span: Span, rpc: RpcInfo, status: CallOutcome) => void) | undefined;

  /**
   * Metadata to put onto the span, always as arrays of strings, binary (`-bin`) values in base64.
   *
   * Whatever you name leaves the process with the spans: never name `authorization`, `cookie` or another credential.
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
   * of span and metric together.
   *
   * Default: the conventions' rule. On the client every code but OK; on the server UNKNOWN, DEADLINE_EXCEEDED,
   * UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS and codes outside 0 to 16.
   */
  readonly isError?: ((rpc: RpcInfo, code: number) => boolean) | undefined;

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
   * caller's span, and the rest of the extracted context is dropped. A predicate that throws says no.
   *
   * Default: `true`. Say `false` where strangers call.
   */
  readonly trustIncoming?: boolean | ((rpc: RpcInfo, metadata: Metadata) => boolean) | undefined;
}
