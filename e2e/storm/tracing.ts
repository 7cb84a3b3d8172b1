import type { MeterProvider } from '@opentelemetry/api';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { tracingClientInterceptor, tracingServerInterceptor, type TracingOptions } from '../../lib/index.js';
import { NUMBER_ATTRIBUTE, type SpanLedger } from './ledger.js';
import type { Interceptors } from './line.js';
import { planNumber } from './plan.js';

export const NO_TRACING: Interceptors = { server: [], client: [] };

export function tracingTo(
  ledgers: { readonly server: SpanLedger; readonly client: SpanLedger },
  meterProvider: MeterProvider,
): Interceptors {
  return {
    server: [tracingServerInterceptor(options(ledgers.server, meterProvider))],
    client: [tracingClientInterceptor(options(ledgers.client, meterProvider))],
  };
}

/** Everything that costs memory is switched on. */
function options(ledger: SpanLedger, meterProvider: MeterProvider): TracingOptions {
  return {
    tracerProvider: new NodeTracerProvider({ spanProcessors: [ledger] }),
    meterProvider,
    activeCalls: true,
    attributes: (_rpc, metadata) => ({ [NUMBER_ATTRIBUTE]: planNumber(metadata) }),
    messageEvents: true,
    captureMetadata: { request: ['storm-act'], response: ['content-type'], trailer: ['storm-act'] },
  };
}
