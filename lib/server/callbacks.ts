import type { Metadata, ServerInterceptingCallInterface } from '@grpc/grpc-js';

export type ServerListener = Parameters<ServerInterceptingCallInterface['start']>[0];

/** grpc-js calls `start` before any event comes; until then there is nobody to tell. */
export const NO_LISTENER: ServerListener = {
  onReceiveMetadata() {},
  onReceiveMessage() {},
  onReceiveHalfClose() {},
  onCancel() {},
};

// Functions that take the listener, not methods of it: those would be bound anew for every event.

export function toMetadata(listener: ServerListener, metadata: Metadata): void {
  listener.onReceiveMetadata(metadata);
}

export function toMessage(listener: ServerListener, message: unknown): void {
  listener.onReceiveMessage(message);
}

export function toHalfClose(listener: ServerListener): void {
  listener.onReceiveHalfClose();
}

export function toCancel(listener: ServerListener): void {
  listener.onCancel();
}
