import type { Metadata, ServerInterceptingCallInterface } from '@grpc/grpc-js';

export type ServerListener = Parameters<ServerInterceptingCallInterface['start']>[0];

/** grpc-js calls `start` before any event comes; until then there is nobody to tell. */
export const NO_LISTENER: ServerListener = {
  onReceiveMetadata() {},
  onReceiveMessage() {},
  onReceiveHalfClose() {},
  onCancel() {},
};

/**
 * Whether a listener is the handler's own: an object literal, where that of an interceptor is of a class. Of a method whose
 * request is one message it keeps metadata and message until the half-close, so there is no code to enter a context for,
 * which on Node 24 copies a map twice each time.
 */
export function isHandlers(listener: ServerListener): boolean {
  return Object.getPrototypeOf(listener) === Object.prototype;
}

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
