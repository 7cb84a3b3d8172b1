import type { InterceptingListener, Metadata, StatusObject } from '@grpc/grpc-js';

/** grpc-js's own callers listen to everything, an interceptor above may listen to less. */
export type PartialListener = Partial<InterceptingListener>;

export const NO_LISTENER: PartialListener = {};

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
