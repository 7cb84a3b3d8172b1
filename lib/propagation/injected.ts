import type { Metadata } from '@grpc/grpc-js';
import type { Context, TextMapPropagator } from '@opentelemetry/api';
import { handleRejection, isPromise } from '../diagnostics/guard.js';
import { report } from '../diagnostics/report.js';
import { metadataSetter } from './metadata-carrier.js';
import { copyOf } from './metadata-copy.js';

/** The metadata with the context in a copy of it: the caller owns its metadata and may use it again for another call. */
export function injected(propagator: TextMapPropagator, context: Context, metadata: Metadata): Metadata {
  try {
    const carrier = copyOf(metadata);
    const injector: Injector = propagator;
    const answer = injector.inject(context, carrier, metadataSetter);
    if (isPromise(answer)) {
      handleRejection('inject of the propagator', answer);
      report('the propagator could not inject', new TypeError('it returned a promise'));
    }
    return carrier;
  } catch (error) {
    report('the propagator could not inject', error);
    return metadata;
  }
}

/** Of the API's own type nothing comes back, which lets an asynchronous one pass. What that writes later is too late. */
interface Injector {
  inject(context: Context, carrier: Metadata, setter: typeof metadataSetter): unknown;
}
