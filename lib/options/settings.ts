import type { Metadata } from '@grpc/grpc-js';
import type { Attributes, Span, TextMapPropagator } from '@opentelemetry/api';
import { CONVENTIONS, type Convention, type SemanticConventions } from '../conventions/attributes.js';
import { captureOf, type CaptureMetadata } from '../conventions/metadata-capture.js';
import { MethodTable } from '../conventions/method-table.js';
import {
  ATTR_RPC_REQUEST_HEADER,
  ATTR_RPC_RESPONSE_HEADER,
  ATTR_RPC_RESPONSE_TRAILER,
} from '../conventions/semconv.js';
import { guarded } from '../diagnostics/guard.js';
import { globalPropagator, hasGlobalPropagation } from '../propagation/global.js';
import { everyCall, isConstant, type RpcFilter } from '../rpc/rpc-filter.js';
import type { RpcInfo, RpcSide } from '../rpc/rpc-info.js';
import type { CallOutcome } from '../rpc/status.js';
import { isError } from '../rpc/status.js';
import { observersOf, type Observers } from '../signals/observers.js';
import { PACKAGE_NAME } from '../version.js';
import type { ServerTracingOptions, TracingOptions } from './options.js';
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
  readonly attributes: ((rpc: RpcInfo, metadata: Metadata) => Attributes) | undefined;
  readonly startHook: ((span: Span, rpc: RpcInfo, metadata: Metadata) => void) | undefined;
  readonly endHook: ((span: Span, rpc: RpcInfo, status: CallOutcome) => void) | undefined;
  readonly isError: (rpc: RpcInfo, code: number) => boolean;
  readonly captureRequest: CaptureMetadata | undefined;
  readonly captureResponse: CaptureMetadata | undefined;
  readonly captureTrailer: CaptureMetadata | undefined;
  /** How many message events a span may have; 0 = none. */
  readonly messageEventLimit: number;
}

const NOTHING = (): void => undefined;

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
  const { startHook, endHook, captureMetadata, trustIncoming = true } = options;
  const conventions = options.semanticConventions ?? optedIn();
  const { tracerProvider, tracerName = PACKAGE_NAME, meterProvider, propagator = globalPropagator } = options;
  return {
    observers: observersOf({ side, tracerProvider, tracerName, meterProvider, conventions }),
    propagates: () => propagator !== globalPropagator || hasGlobalPropagation(),
    propagator,
    conventions: CONVENTIONS[conventions],
    methods: new MethodTable(side, filterOf(options.filter), CONVENTIONS[conventions]),
    trusts:
      typeof trustIncoming === 'boolean' ? () => trustIncoming : guarded('trustIncoming', trustIncoming, () => false),
    attributes: attributesOf(options.attributes),
    startHook: startHook && guarded('startHook', startHook, NOTHING),
    endHook: endHook && guarded('endHook', endHook, NOTHING),
    isError: options.isError ? guarded('isError', options.isError, conventionalError) : conventionalError,
    captureRequest: captureOf(captureMetadata?.request, ATTR_RPC_REQUEST_HEADER),
    captureResponse: captureOf(captureMetadata?.response, ATTR_RPC_RESPONSE_HEADER),
    captureTrailer: captureOf(captureMetadata?.trailer, ATTR_RPC_RESPONSE_TRAILER),
    messageEventLimit: messageEventLimit(options.messageEvents),
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
  if (typeof attributes === 'function') return guarded('attributes', attributes, () => ({}));
  const fixed = { ...attributes };
  return () => fixed;
}

function messageEventLimit(messageEvents: TracingOptions['messageEvents'] = false): number {
  if (typeof messageEvents === 'object') return messageEvents.limit;
  return messageEvents ? DEFAULT_MESSAGE_EVENTS : 0;
}

/** The earlier of these that stands in the list wins, wherever it stands. */
const OPT_IN: readonly (readonly [string, SemanticConventions])[] = [
  ['rpc/dup', 'dup'],
  ['rpc', 'stable'],
  ['rpc/old', 'old'],
];

function optedIn(): SemanticConventions {
  const words = (process.env['OTEL_SEMCONV_STABILITY_OPT_IN'] ?? '').split(',').map((word) => word.trim());
  return OPT_IN.find(([word]) => words.includes(word))?.[1] ?? 'stable';
}
