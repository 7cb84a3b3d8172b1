import type { Metadata } from '@grpc/grpc-js';
import type { Context, TextMapPropagator } from '@opentelemetry/api';
import { report } from '../diagnostics/report.js';
import { metadataSetter } from './metadata-carrier.js';
import { copyOf } from './metadata-copy.js';

/** The metadata with the context in a copy of it: the caller owns its metadata and may use it again for another call. */
export function injected(propagator: TextMapPropagator, context: Context, metadata: Metadata): Metadata {
  try {
    const carrier = copyOf(metadata);
    propagator.inject(context, carrier, metadataSetter);
    return carrier;
  } catch (error) {
    report('the propagator could not inject', error);
    return metadata;
  }
}
