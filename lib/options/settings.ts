import type { Metadata } from '@grpc/grpc-js';
import type { Attributes, Span, TextMapPropagator } from '@opentelemetry/api';
import { CONVENTIONS, type Convention, type SemanticConventions } from '../conventions/attributes.js';
import { KnownMethods } from '../conventions/known-methods.js';
import type { CaptureMetadata } from '../conventions/metadata-capture.js';
import { MethodTable } from '../conventions/method-table.js';
import { ATTR_RPC_RESPONSE_TRAILER } from '../conventions/semconv.js';
import { guarded, isPromise } from '../diagnostics/guard.js';
import { globalPropagator, hasGlobalPropagation } from '../propagation/global.js';
import type { CallDetails } from '../rpc/call-details.js';
import { everyCall, isConstant, type RpcFilter } from '../rpc/rpc-filter.js';
import type { RpcInfo, RpcSide } from '../rpc/rpc-info.js';
import type { CallOutcome } from '../rpc/status.js';
import { isError } from '../rpc/status.js';
import { observersOf, type Observers } from '../signals/observers.js';
import { PACKAGE_NAME } from '../version.js';
import { toldCaptureOf } from './credentials.js';
import { ERROR_EVENTS } from './error-events.js';
import { optedIn } from './opted-in.js';
import type { ErrorEvents, ServerTracingOptions, TracingOptions } from './options.js';
import { checkOptions } from './rules.js';

const DEFAULT_MESSAGE_EVENTS = 128;

/** The options of one interceptor, checked and with their defaults. Functions cannot throw; the propagator still can. */
export interface TracingSettings {
  /** Undefined as long as there is nobody to trace or measure for. */
  readonly observers: () => Observers | undefined;
  /** Whether there may be a context to pass on, traced or not. */
  readonly propagates: () => boolean;
  readonly propagator: TextMapPropagator;
  readonly conventions: readonly Convention[];
  readonly methods: MethodTable;
  readonly trusts: (rpc: RpcInfo, metadata: Metadata) => boolean;
  readonly attributes: ((rpc: RpcInfo, metadata: Metadata, call: CallDetails) => Attributes) | undefined;
  readonly metricAttributes: ((rpc: RpcInfo, metadata: Metadata, call: CallDetails) => Attributes) | undefined;
  readonly startHook: ((span: Span, rpc: RpcInfo, metadata: Metadata, call: CallDetails) => void) | undefined;
  /** Whether one of these three is there to be told the details of a call. */
  readonly asksDetails: boolean;
  readonly endHook: ((span: Span, rpc: RpcInfo, status: CallOutcome) => void) | undefined;
  readonly isError: (rpc: RpcInfo, code: number) => boolean;
  readonly captureRequest: CaptureMetadata | undefined;
  readonly captureResponse: CaptureMetadata | undefined;
  readonly captureTrailer: CaptureMetadata | undefined;
  /** Whether an error leaves an event on its span. */
  readonly exceptionEvents: boolean;
  /** How many message events a span may have; 0 = none. */
  readonly messageEventLimit: number;
  /** Whether a span is to say at its end how many messages there were. */
  readonly messageCounts: boolean;
  /** Whether somebody wants to know of each message. */
  readonly observesMessages: boolean;
}

const NOTHING = (): void => undefined;
const NO_ATTRIBUTES = (): Attributes => ({});

const CONVENTION_WORDS: readonly (readonly [string, SemanticConventions])[] = [
  ['rpc/dup', 'dup'],
  ['rpc', 'stable'],
  ['rpc/old', 'old'],
];

const ERROR_EVENT_WORDS: readonly (readonly [string, ErrorEvents])[] = [
  ['logs/dup', 'dup'],
  ['logs', 'logs'],
];

/**
 * Checks the options and fills in the defaults, once per interceptor.
 *
 * @throws TypeError naming the option and what was given, for a key that is not an option too.
 */
export function resolveOptions(
  side: RpcSide,
  options: TracingOptions & Pick<ServerTracingOptions, 'trustIncoming'> = {},
): TracingSettings {
  checkOptions(side, options);
  const { startHook, endHook, metricAttributes, captureMetadata, trustIncoming = true } = options;
  const { semanticConventions = optedIn('OTEL_SEMCONV_STABILITY_OPT_IN', CONVENTION_WORDS) ?? 'stable' } = options;
  const { errorEvents = optedIn('OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN', ERROR_EVENT_WORDS) ?? 'span' } = options;
  const { tracerProvider, tracerName = PACKAGE_NAME, meterProvider, loggerProvider } = options;
  const { propagator = globalPropagator, activeCalls = false, messageCounts = false, knownMethods } = options;
  const conventions: readonly Convention[] = CONVENTIONS[semanticConventions];
  const known = new KnownMethods(side, knownMethods);
  const limit = messageEventLimit(options.messageEvents);
  return {
    observers: observersOf({
      side,
      conventions: semanticConventions,
      tracerProvider,
      tracerName,
      meterProvider,
      activeCalls,
      loggerProvider,
      errorLogs: ERROR_EVENTS[errorEvents].logs,
    }),
    propagates: () => propagator !== globalPropagator || hasGlobalPropagation(),
    propagator,
    conventions,
    methods: new MethodTable(side, filterOf(options.filter), conventions, known),
    trusts:
      typeof trustIncoming === 'boolean' ? () => trustIncoming : guarded('trustIncoming', trustIncoming, () => false),
    attributes: attributesOf(options.attributes),
    metricAttributes: metricAttributes && guarded('metricAttributes', copiesOf(metricAttributes), NO_ATTRIBUTES),
    startHook: startHook && guarded('startHook', startHook, NOTHING),
    asksDetails: [options.attributes, metricAttributes, startHook].some((asking) => typeof asking === 'function'),
    endHook: endHook && guarded('endHook', endHook, NOTHING),
    isError: options.isError ? guarded('isError', options.isError, conventionalError) : conventionalError,
    captureRequest: toldCaptureOf(
      captureMetadata?.request,
      conventions.map(({ requestHeader }) => requestHeader),
    ),
    captureResponse: toldCaptureOf(
      captureMetadata?.response,
      conventions.map(({ responseHeader }) => responseHeader),
    ),
    // Older conventions had no name for them.
    captureTrailer: toldCaptureOf(captureMetadata?.trailer, [ATTR_RPC_RESPONSE_TRAILER]),
    exceptionEvents: ERROR_EVENTS[errorEvents].span,
    messageEventLimit: limit,
    messageCounts,
    observesMessages: limit > 0 || messageCounts,
  };
}

/** This package's own filters cannot throw, and stay what they are: constant. */
function filterOf(filter: RpcFilter = everyCall): RpcFilter {
  return isConstant(filter) ? filter : guarded('the filter', filter, () => true);
}

function conventionalError(rpc: RpcInfo, code: number): boolean {
  return isError(rpc.side, code);
}

function attributesOf(attributes: TracingOptions['attributes']): TracingSettings['attributes'] {
  if (attributes === undefined) return undefined;
  if (typeof attributes === 'function') return guarded('attributes', attributes, NO_ATTRIBUTES);
  const fixed = { ...attributes };
  return () => fixed;
}

/**
 * What a call is measured with until it ends, and an application may have one object for all its calls: a call in flight would
 * go down elsewhere than it went up.
 */
function copiesOf(attributesFor: NonNullable<TracingOptions['metricAttributes']>): typeof attributesFor {
  return (...asked) => {
    const given = attributesFor(...asked);
    return isPromise(given) ? given : { ...given };
  };
}

function messageEventLimit(messageEvents: TracingOptions['messageEvents'] = false): number {
  if (typeof messageEvents === 'object') return messageEvents.limit;
  return messageEvents ? DEFAULT_MESSAGE_EVENTS : 0;
}
