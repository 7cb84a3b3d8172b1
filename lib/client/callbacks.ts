import type { InterceptingListener, Metadata, StatusObject } from '@grpc/grpc-js';
import { context, type Context } from '@opentelemetry/api';

/** grpc-js's own callers listen to everything, an interceptor above may listen to less. */
export type PartialListener = Partial<InterceptingListener>;

export const NO_LISTENER: PartialListener = {};

/**
 * Calls in the caller's context: right away where that is active already, as it mostly is, since entering one costs an entry
 * in Node's bookkeeping.
 */
export function callBack<Event>(
  caller: Context,
  to: (listener: PartialListener, event: Event) => void,
  listener: PartialListener,
  event: Event,
): void {
  if (context.active() === caller) to(listener, event);
  else context.with(caller, to, undefined, listener, event);
}

// Functions that take the listener, not methods of it: those would be bound anew for every event.

export function toMetadata(listener: PartialListener, metadata: Metadata): void {
  listener.onReceiveMetadata?.(metadata);
}

export function toMessage(listener: PartialListener, message: unknown): void {
  listener.onReceiveMessage?.(message);
}

export function toStatus(listener: PartialListener, callStatus: StatusObject): void {
  listener.onReceiveStatus?.(callStatus);
}
