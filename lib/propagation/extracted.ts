import type { Metadata } from '@grpc/grpc-js';
import type { Context, TextMapPropagator } from '@opentelemetry/api';
import { handleRejection, isPromise } from '../diagnostics/guard.js';
import { report } from '../diagnostics/report.js';
import { metadataGetter } from './metadata-carrier.js';

/** The context that a caller sent, on top of the active one; that one alone where the propagator fails. */
export function extracted(propagator: TextMapPropagator, active: Context, metadata: Metadata): Context {
  try {
    const context: unknown = propagator.extract(active, metadata, metadataGetter);
    if (isContext(context)) return context;
    if (isPromise(context)) handleRejection('extract of the propagator', context);
    throw new TypeError('what it returned is not a context');
  } catch (error) {
    report('the propagator could not extract', error);
    return active;
  }
}

/** A propagator in plain JavaScript may return anything. */
function isContext(value: unknown): value is Context {
  if (typeof value !== 'object' || value === null) return false;
  const { getValue, setValue, deleteValue } = value as Partial<Record<keyof Context, unknown>>;
  return typeof getValue === 'function' && typeof setValue === 'function' && typeof deleteValue === 'function';
}
